/**
 * The types of Kubernetes 1.36 that values pass through, as its API server describes them. Written by
 * "npm run kubernetes-types". Do not edit.
 *
 * A type, then its fields: what a field holds, whether it is required, since which version it is known where that is
 * later than 1.33, and what it means. `[X]` is a list, `{X}` a map, `A|B` one of some words.
 */
export const KUBERNETES_TYPES: string = `
EnvVar # EnvVar represents an environment variable present in a Container.
  name: text, required # Name of the environment variable.
  value: text # Variable references $(VAR_NAME) are expanded using the previously defined environment variables in the ...
  valueFrom: EnvVarSource # Source for the environment variable's value.
EnvVarSource # EnvVarSource represents a source for the value of an EnvVar.
  configMapKeyRef: ConfigMapKeySelector # Selects a key of a ConfigMap.
  fieldRef: ObjectFieldSelector # Selects a field of the pod:
  fileKeyRef: FileKeySelector, since 1.34 # FileKeyRef selects a key of the env file.
  resourceFieldRef: ResourceFieldSelector # Selects a resource of the container:
  secretKeyRef: SecretKeySelector # Selects a key of a secret in the pod's namespace
ConfigMapKeySelector # Selects a key from a ConfigMap.
  key: text, required # The key to select.
  name: text # Name of the referent.
  optional: flag # Specify whether the ConfigMap or its key must be defined
ObjectFieldSelector # ObjectFieldSelector selects an APIVersioned field of an object.
  apiVersion: text # Version of the schema the FieldPath is written in terms of, defaults to "v1".
  fieldPath: text, required # Path of the field to select in the specified API version.
FileKeySelector # FileKeySelector selects a key of the env file.
  key: text, required, since 1.34 # The key within the env file.
  optional: flag, since 1.34 # Specify whether the file or its key must be defined.
  path: text, required, since 1.34 # The path within the volume from which to select the file.
  volumeName: text, required, since 1.34 # The name of the volume mount containing the env file.
ResourceFieldSelector # ResourceFieldSelector represents container resources (cpu, memory) and their output format
  containerName: text # Container name:
  divisor: quantity # Specifies the output format of the exposed resources, defaults to "1"
  resource: text, required # Required:
SecretKeySelector # SecretKeySelector selects a key of a Secret.
  key: text, required # The key of the secret to select from.
  name: text # Name of the referent.
  optional: flag # Specify whether the Secret or its key must be defined
EnvFromSource # EnvFromSource represents the source of a set of ConfigMaps or Secrets
  configMapRef: ConfigMapEnvSource # The ConfigMap to select from
  prefix: text # Optional text to prepend to the name of each environment variable.
  secretRef: SecretEnvSource # The Secret to select from
ConfigMapEnvSource # ConfigMapEnvSource selects a ConfigMap to populate the environment variables with.
  name: text # Name of the referent.
  optional: flag # Specify whether the ConfigMap must be defined
SecretEnvSource # SecretEnvSource selects a Secret to populate the environment variables with.
  name: text # Name of the referent.
  optional: flag # Specify whether the Secret must be defined
ResourceRequirements # ResourceRequirements describes the compute resource requirements.
  claims: [ResourceClaim] # Claims lists the names of resources, defined in spec.resourceClaims, that are used by this container.
  limits: {quantity} # Limits describes the maximum amount of compute resources allowed.
  requests: {quantity} # Requests describes the minimum amount of compute resources required.
ResourceClaim # ResourceClaim references one entry in PodSpec.ResourceClaims.
  name: text, required # Name must match the name of one entry in pod.spec.resourceClaims of the Pod where this field is used.
  request: text # Request is the name chosen for a request in the referenced claim.
SecurityContext # SecurityContext holds security configuration that will be applied to a container.
  allowPrivilegeEscalation: flag # AllowPrivilegeEscalation controls whether a process can gain more privileges than its parent process.
  appArmorProfile: AppArmorProfile # appArmorProfile is the AppArmor options to use by this container.
  capabilities: Capabilities # The capabilities to add/drop when running containers.
  privileged: flag # Run container in privileged mode.
  procMount: Default|Unmasked # procMount denotes the type of proc mount to use for the containers.
  readOnlyRootFilesystem: flag # Whether this container has a read-only root filesystem.
  runAsGroup: int64 # The GID to run the entrypoint of the container process.
  runAsNonRoot: flag # Indicates that the container must run as a non-root user.
  runAsUser: int64 # The UID to run the entrypoint of the container process.
  seLinuxOptions: SELinuxOptions # The SELinux context to be applied to the container.
  seccompProfile: SeccompProfile # The seccomp options to use by this container.
  windowsOptions: WindowsSecurityContextOptions # The Windows specific settings applied to all containers.
AppArmorProfile # AppArmorProfile defines a pod or container's AppArmor settings.
  localhostProfile: text # localhostProfile indicates a profile loaded on the node that should be used.
  type: Localhost|RuntimeDefault|Unconfined, required # type indicates which kind of AppArmor profile will be applied.
Capabilities # Adds and removes POSIX capabilities from running containers.
  add: [text] # Added capabilities
  drop: [text] # Removed capabilities
SELinuxOptions # SELinuxOptions are the labels to be applied to the container
  level: text # Level is SELinux level label that applies to the container.
  role: text # Role is a SELinux role label that applies to the container.
  type: text # Type is a SELinux type label that applies to the container.
  user: text # User is a SELinux user label that applies to the container.
SeccompProfile # SeccompProfile defines a pod/container's seccomp profile settings.
  localhostProfile: text # localhostProfile indicates a profile defined in a file on the node should be used.
  type: Localhost|RuntimeDefault|Unconfined, required # type indicates which kind of seccomp profile will be applied.
WindowsSecurityContextOptions # WindowsSecurityContextOptions contain Windows-specific options and credentials.
  gmsaCredentialSpec: text # GMSACredentialSpec is where the GMSA admission webhook (https://github.com/kubernetes-sigs/windows-gmsa) ...
  gmsaCredentialSpecName: text # GMSACredentialSpecName is the name of the GMSA credential spec to use.
  hostProcess: flag # HostProcess determines if a container should be run as a 'Host Process' container.
  runAsUserName: text # The UserName in Windows to run the entrypoint of the container process.
Probe # Probe describes a health check to be performed against a container to determine whether it is alive or ready ...
  exec: ExecAction # Exec specifies a command to execute in the container.
  failureThreshold: int32 # Minimum consecutive failures for the probe to be considered failed after having succeeded.
  grpc: GRPCAction # GRPC specifies a GRPC HealthCheckRequest.
  httpGet: HTTPGetAction # HTTPGet specifies an HTTP GET request to perform.
  initialDelaySeconds: int32 # Number of seconds after the container has started before liveness probes are initiated.
  periodSeconds: int32 # How often (in seconds) to perform the probe.
  successThreshold: int32 # Minimum consecutive successes for the probe to be considered successful after having failed.
  tcpSocket: TCPSocketAction # TCPSocket specifies a connection to a TCP port.
  terminationGracePeriodSeconds: int64 # Optional duration in seconds the pod needs to terminate gracefully upon probe failure.
  timeoutSeconds: int32 # Number of seconds after which the probe times out.
ExecAction # ExecAction describes a "run in container" action.
  command: [text] # Command is the command line to execute inside the container, the working directory for the command is root ...
GRPCAction # GRPCAction specifies an action involving a GRPC service.
  port: int32, required # Port number of the gRPC service.
  service: text # Service is the name of the service to place in the gRPC HealthCheckRequest (see ...
HTTPGetAction # HTTPGetAction describes an action based on HTTP Get requests.
  host: text # Host name to connect to, defaults to the pod IP.
  httpHeaders: [HTTPHeader] # Custom headers to set in the request.
  path: text # Path to access on the HTTP server.
  port: port, required # Name or number of the port to access on the container.
  scheme: HTTP|HTTPS|"" # Scheme to use for connecting to the host.
HTTPHeader # HTTPHeader describes a custom header to be used in HTTP probes
  name: text, required # The header field name.
  value: text, required # The header field value
TCPSocketAction # TCPSocketAction describes an action based on opening a socket
  host: text # Optional:
  port: port, required # Number or name of the port to access on the container.
Lifecycle # Lifecycle describes actions that the management system should take in response to container lifecycle events.
  postStart: LifecycleHandler # PostStart is called immediately after a container is created.
  preStop: LifecycleHandler # PreStop is called immediately before a container is terminated due to an API request or management event such ...
  stopSignal: SIGABRT|SIGALRM|SIGBUS|SIGCHLD|SIGCLD|SIGCONT|SIGFPE|SIGHUP|SIGILL|SIGINT|SIGIO|SIGIOT|SIGKILL|SIGPIPE|SIGPOLL|SIGPROF|SIGPWR|SIGQUIT|SIGRTMAX|SIGRTMAX-1|SIGRTMAX-10|SIGRTMAX-11|SIGRTMAX-12|SIGRTMAX-13|SIGRTMAX-14|SIGRTMAX-2|SIGRTMAX-3|SIGRTMAX-4|SIGRTMAX-5|SIGRTMAX-6|SIGRTMAX-7|SIGRTMAX-8|SIGRTMAX-9|SIGRTMIN|SIGRTMIN+1|SIGRTMIN+10|SIGRTMIN+11|SIGRTMIN+12|SIGRTMIN+13|SIGRTMIN+14|SIGRTMIN+15|SIGRTMIN+2|SIGRTMIN+3|SIGRTMIN+4|SIGRTMIN+5|SIGRTMIN+6|SIGRTMIN+7|SIGRTMIN+8|SIGRTMIN+9|SIGSEGV|SIGSTKFLT|SIGSTOP|SIGSYS|SIGTERM|SIGTRAP|SIGTSTP|SIGTTIN|SIGTTOU|SIGURG|SIGUSR1|SIGUSR2|SIGVTALRM|SIGWINCH|SIGXCPU|SIGXFSZ # StopSignal defines which signal will be sent to a container when it is being stopped.
LifecycleHandler # LifecycleHandler defines a specific action that should be taken in a lifecycle hook.
  exec: ExecAction # Exec specifies a command to execute in the container.
  httpGet: HTTPGetAction # HTTPGet specifies an HTTP GET request to perform.
  sleep: SleepAction # Sleep represents a duration that the container should sleep.
  tcpSocket: TCPSocketAction # Deprecated.
SleepAction # SleepAction describes a "sleep" action.
  seconds: int64, required # Seconds is the number of seconds to sleep.
VolumeMount # VolumeMount describes a mounting of a Volume within a container.
  mountPath: text, required # Path within the container at which the volume should be mounted.
  mountPropagation: Bidirectional|HostToContainer|None # mountPropagation determines how mounts are propagated from the host to container and the other way around.
  name: text, required # This must match the Name of a Volume.
  readOnly: flag # Mounted read-only if true, read-write otherwise (false or unspecified).
  recursiveReadOnly: text # RecursiveReadOnly specifies whether read-only mounts should be handled recursively.
  subPath: text # Path within the volume from which the container's volume should be mounted.
  subPathExpr: text # Expanded path within the volume from which the container's volume should be mounted.
Container # A single application container that you want to run within a pod.
  args: [text] # Arguments to the entrypoint.
  command: [text] # Entrypoint array.
  env: [EnvVar] # List of environment variables to set in the container.
  envFrom: [EnvFromSource] # List of sources to populate environment variables in the container.
  image: text # Container image name.
  imagePullPolicy: Always|IfNotPresent|Never|"" # Image pull policy.
  lifecycle: Lifecycle # Actions that the management system should take in response to container lifecycle events.
  livenessProbe: Probe # Periodic probe of container liveness.
  name: text, required # Name of the container specified as a DNS_LABEL.
  ports: [ContainerPort] # List of ports to expose from the container.
  readinessProbe: Probe # Periodic probe of container service readiness.
  resizePolicy: [ContainerResizePolicy] # Resources resize policy for the container.
  resources: ResourceRequirements # Compute Resources required by this container.
  restartPolicy: text # RestartPolicy defines the restart behavior of individual containers in a pod.
  restartPolicyRules: [ContainerRestartRule], since 1.34 # Represents a list of rules to be checked to determine if the container should be restarted on exit.
  securityContext: SecurityContext # SecurityContext defines the security options the container should be run with.
  startupProbe: Probe # StartupProbe indicates that the Pod has successfully initialized.
  stdin: flag # Whether this container should allocate a buffer for stdin in the container runtime.
  stdinOnce: flag # Whether the container runtime should close the stdin channel after it has been opened by a single attach.
  terminationMessagePath: text # Optional:
  terminationMessagePolicy: FallbackToLogsOnError|File|"" # Indicate how the termination message should be populated.
  tty: flag # Whether this container should allocate a TTY for itself, also requires 'stdin' to be true.
  volumeDevices: [VolumeDevice] # volumeDevices is the list of block devices to be used by the container.
  volumeMounts: [VolumeMount] # Pod volumes to mount into the container's filesystem.
  workingDir: text # Container's working directory.
ContainerPort # ContainerPort represents a network port in a single container.
  containerPort: int32, required # Number of port to expose on the pod's IP address.
  hostIP: text # What host IP to bind the external port to.
  hostPort: int32 # Number of port to expose on the host.
  name: text # If specified, this must be an IANA_SVC_NAME and unique within the pod.
  protocol: SCTP|TCP|UDP|"" # Protocol for port.
ContainerResizePolicy # ContainerResizePolicy represents resource resize policy for the container.
  resourceName: text, required # Name of the resource to which this resource resize policy applies.
  restartPolicy: text, required # Restart policy to apply when specified resource is resized.
ContainerRestartRule # ContainerRestartRule describes how a container exit is handled.
  action: text, required, since 1.34 # Specifies the action taken on a container exit if the requirements are satisfied.
  exitCodes: ContainerRestartRuleOnExitCodes, since 1.34 # Represents the exit codes to check on container exits.
ContainerRestartRuleOnExitCodes # ContainerRestartRuleOnExitCodes describes the condition for handling an exited container based on its exit ...
  operator: text, required, since 1.34 # Represents the relationship between the container exit code(s) and the specified values.
  values: [int32], since 1.34 # Specifies the set of values to check for container exit codes.
VolumeDevice # volumeDevice describes a mapping of a raw block device within a container.
  devicePath: text, required # devicePath is the path inside of the container that the device will be mapped to.
  name: text, required # name must match the name of a persistentVolumeClaim in the pod
Volume # Volume represents a named volume in a pod that may be accessed by any container in the pod.
  awsElasticBlockStore: AWSElasticBlockStoreVolumeSource # awsElasticBlockStore represents an AWS Disk resource that is attached to a kubelet's host machine and then ...
  azureDisk: AzureDiskVolumeSource # azureDisk represents an Azure Data Disk mount on the host and bind mount to the pod.
  azureFile: AzureFileVolumeSource # azureFile represents an Azure File Service mount on the host and bind mount to the pod.
  cephfs: CephFSVolumeSource # cephFS represents a Ceph FS mount on the host that shares a pod's lifetime.
  cinder: CinderVolumeSource # cinder represents a cinder volume attached and mounted on kubelets host machine.
  configMap: ConfigMapVolumeSource # configMap represents a configMap that should populate this volume
  csi: CSIVolumeSource # csi (Container Storage Interface) represents ephemeral storage that is handled by certain external CSI ...
  downwardAPI: DownwardAPIVolumeSource # downwardAPI represents downward API about the pod that should populate this volume
  emptyDir: EmptyDirVolumeSource # emptyDir represents a temporary directory that shares a pod's lifetime.
  ephemeral: EphemeralVolumeSource # ephemeral represents a volume that is handled by a cluster storage driver.
  fc: FCVolumeSource # fc represents a Fibre Channel resource that is attached to a kubelet's host machine and then exposed to the ...
  flexVolume: FlexVolumeSource # flexVolume represents a generic volume resource that is provisioned/attached using an exec based plugin.
  flocker: FlockerVolumeSource # flocker represents a Flocker volume attached to a kubelet's host machine.
  gcePersistentDisk: GCEPersistentDiskVolumeSource # gcePersistentDisk represents a GCE Disk resource that is attached to a kubelet's host machine and then exposed ...
  gitRepo: GitRepoVolumeSource # gitRepo represents a git repository at a particular revision.
  glusterfs: GlusterfsVolumeSource # glusterfs represents a Glusterfs mount on the host that shares a pod's lifetime.
  hostPath: HostPathVolumeSource # hostPath represents a pre-existing file or directory on the host machine that is directly exposed to the ...
  image: ImageVolumeSource # image represents an OCI object (a container image or artifact) pulled and mounted on the kubelet's host ...
  iscsi: ISCSIVolumeSource # iscsi represents an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the ...
  name: text, required # name of the volume.
  nfs: NFSVolumeSource # nfs represents an NFS mount on the host that shares a pod's lifetime More info:
  persistentVolumeClaim: PersistentVolumeClaimVolumeSource # persistentVolumeClaimVolumeSource represents a reference to a PersistentVolumeClaim in the same namespace.
  photonPersistentDisk: PhotonPersistentDiskVolumeSource # photonPersistentDisk represents a PhotonController persistent disk attached and mounted on kubelets host ...
  portworxVolume: PortworxVolumeSource # portworxVolume represents a portworx volume attached and mounted on kubelets host machine.
  projected: ProjectedVolumeSource # projected items for all in one resources secrets, configmaps, and downward API
  quobyte: QuobyteVolumeSource # quobyte represents a Quobyte mount on the host that shares a pod's lifetime.
  rbd: RBDVolumeSource # rbd represents a Rados Block Device mount on the host that shares a pod's lifetime.
  scaleIO: ScaleIOVolumeSource # scaleIO represents a ScaleIO persistent volume attached and mounted on Kubernetes nodes.
  secret: SecretVolumeSource # secret represents a secret that should populate this volume.
  storageos: StorageOSVolumeSource # storageOS represents a StorageOS volume attached and mounted on Kubernetes nodes.
  vsphereVolume: VsphereVirtualDiskVolumeSource # vsphereVolume represents a vSphere volume attached and mounted on kubelets host machine.
AWSElasticBlockStoreVolumeSource # Represents a Persistent Disk resource in AWS.
  fsType: text # fsType is the filesystem type of the volume that you want to mount.
  partition: int32 # partition is the partition in the volume that you want to mount.
  readOnly: flag # readOnly value true will force the readOnly setting in VolumeMounts.
  volumeID: text, required # volumeID is unique ID of the persistent disk resource in AWS (Amazon EBS volume).
AzureDiskVolumeSource # AzureDisk represents an Azure Data Disk mount on the host and bind mount to the pod.
  cachingMode: None|ReadOnly|ReadWrite # cachingMode is the Host Caching mode:
  diskName: text, required # diskName is the Name of the data disk in the blob storage
  diskURI: text, required # diskURI is the URI of data disk in the blob storage
  fsType: text # fsType is Filesystem type to mount.
  kind: Dedicated|Managed|Shared # kind expected values are Shared:
  readOnly: flag # readOnly Defaults to false (read/write).
AzureFileVolumeSource # AzureFile represents an Azure File Service mount on the host and bind mount to the pod.
  readOnly: flag # readOnly defaults to false (read/write).
  secretName: text, required # secretName is the name of secret that contains Azure Storage Account Name and Key
  shareName: text, required # shareName is the azure share Name
CephFSVolumeSource # Represents a Ceph Filesystem mount that lasts the lifetime of a pod Cephfs volumes do not support ownership ...
  monitors: [text], required # monitors is Required:
  path: text # path is Optional:
  readOnly: flag # readOnly is Optional:
  secretFile: text # secretFile is Optional:
  secretRef: LocalObjectReference # secretRef is Optional:
  user: text # user is optional:
LocalObjectReference # LocalObjectReference contains enough information to let you locate the referenced object inside the same ...
  name: text # Name of the referent.
CinderVolumeSource # Represents a cinder volume resource in Openstack.
  fsType: text # fsType is the filesystem type to mount.
  readOnly: flag # readOnly defaults to false (read/write).
  secretRef: LocalObjectReference # secretRef is optional:
  volumeID: text, required # volumeID used to identify the volume in cinder.
ConfigMapVolumeSource # Adapts a ConfigMap into a volume.
  defaultMode: int32 # defaultMode is optional:
  items: [KeyToPath] # items if unspecified, each key-value pair in the Data field of the referenced ConfigMap will be projected into ...
  name: text # Name of the referent.
  optional: flag # optional specify whether the ConfigMap or its keys must be defined
KeyToPath # Maps a string key to a path within a volume.
  key: text, required # key is the key to project.
  mode: int32 # mode is Optional:
  path: text, required # path is the relative path of the file to map the key to.
CSIVolumeSource # Represents a source location of a volume to mount, managed by an external CSI driver
  driver: text, required # driver is the name of the CSI driver that handles this volume.
  fsType: text # fsType to mount.
  nodePublishSecretRef: LocalObjectReference # nodePublishSecretRef is a reference to the secret object containing sensitive information to pass to the CSI ...
  readOnly: flag # readOnly specifies a read-only configuration for the volume.
  volumeAttributes: {text} # volumeAttributes stores driver-specific properties that are passed to the CSI driver.
DownwardAPIVolumeSource # DownwardAPIVolumeSource represents a volume containing downward API info.
  defaultMode: int32 # Optional:
  items: [DownwardAPIVolumeFile] # Items is a list of downward API volume file
DownwardAPIVolumeFile # DownwardAPIVolumeFile represents information to create the file containing the pod field
  fieldRef: ObjectFieldSelector # Required:
  mode: int32 # Optional:
  path: text, required # Required:
  resourceFieldRef: ResourceFieldSelector # Selects a resource of the container:
EmptyDirVolumeSource # Represents an empty directory for a pod.
  medium: text # medium represents what type of storage medium should back this directory.
  sizeLimit: quantity # sizeLimit is the total amount of local storage required for this EmptyDir volume.
EphemeralVolumeSource # Represents an ephemeral volume that is handled by a normal storage driver.
  volumeClaimTemplate: PersistentVolumeClaimTemplate # Will be used to create a stand-alone PVC to provision the volume.
PersistentVolumeClaimTemplate # PersistentVolumeClaimTemplate is used to produce PersistentVolumeClaim objects as part of an ...
  metadata: ObjectMeta # May contain labels and annotations that will be copied into the PVC when creating it.
  spec: PersistentVolumeClaimSpec, required # The specification for the PersistentVolumeClaim.
ObjectMeta # ObjectMeta is metadata that all persisted resources must have, which includes all objects users must create.
  annotations: {text} # Annotations is an unstructured key value map stored with a resource that may be set by external tools to store ...
  labels: {text} # Map of string keys and values that can be used to organize and categorize (scope and select) objects.
PersistentVolumeClaimSpec # PersistentVolumeClaimSpec describes the common attributes of storage devices and allows a Source for ...
  accessModes: [ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod] # accessModes contains the desired access modes the volume should have.
  dataSource: TypedLocalObjectReference # dataSource field can be used to specify either:
  dataSourceRef: TypedObjectReference # dataSourceRef specifies the object from which to populate the volume with data, if a non-empty volume is ...
  resources: VolumeResourceRequirements # resources represents the minimum resources the volume should have.
  selector: LabelSelector # selector is a label query over volumes to consider for binding.
  storageClassName: text # storageClassName is the name of the StorageClass required by the claim.
  volumeAttributesClassName: text # volumeAttributesClassName may be used to set the VolumeAttributesClass used by this claim.
  volumeMode: Block|Filesystem # volumeMode defines what type of volume is required by the claim.
  volumeName: text # volumeName is the binding reference to the PersistentVolume backing this claim.
TypedLocalObjectReference # TypedLocalObjectReference contains enough information to let you locate the typed referenced object inside the ...
  apiGroup: text # APIGroup is the group for the resource being referenced.
  kind: text, required # Kind is the type of resource being referenced
  name: text, required # Name is the name of resource being referenced
TypedObjectReference # TypedObjectReference contains enough information to let you locate the typed referenced object
  apiGroup: text # APIGroup is the group for the resource being referenced.
  kind: text, required # Kind is the type of resource being referenced
  name: text, required # Name is the name of resource being referenced
  namespace: text # Namespace is the namespace of resource being referenced Note that when a namespace is specified, a ...
VolumeResourceRequirements # VolumeResourceRequirements describes the storage resource requirements for a volume.
  limits: {quantity} # Limits describes the maximum amount of compute resources allowed.
  requests: {quantity} # Requests describes the minimum amount of compute resources required.
LabelSelector # A label selector is a label query over a set of resources.
  matchExpressions: [LabelSelectorRequirement] # matchExpressions is a list of label selector requirements.
  matchLabels: {text} # matchLabels is a map of {key,value} pairs.
LabelSelectorRequirement # A label selector requirement is a selector that contains values, a key, and an operator that relates the key ...
  key: text, required # key is the label key that the selector applies to.
  operator: DoesNotExist|Exists|In|NotIn, required # operator represents a key's relationship to a set of values.
  values: [text] # values is an array of string values.
FCVolumeSource # Represents a Fibre Channel volume.
  fsType: text # fsType is the filesystem type to mount.
  lun: int32 # lun is Optional:
  readOnly: flag # readOnly is Optional:
  targetWWNs: [text] # targetWWNs is Optional:
  wwids: [text] # wwids Optional:
FlexVolumeSource # FlexVolume represents a generic volume resource that is provisioned/attached using an exec based plugin.
  driver: text, required # driver is the name of the driver to use for this volume.
  fsType: text # fsType is the filesystem type to mount.
  options: {text} # options is Optional:
  readOnly: flag # readOnly is Optional:
  secretRef: LocalObjectReference # secretRef is Optional:
FlockerVolumeSource # Represents a Flocker volume mounted by the Flocker agent.
  datasetName: text # datasetName is Name of the dataset stored as metadata -> name on the dataset for Flocker should be considered ...
  datasetUUID: text # datasetUUID is the UUID of the dataset.
GCEPersistentDiskVolumeSource # Represents a Persistent Disk resource in Google Compute Engine.
  fsType: text # fsType is filesystem type of the volume that you want to mount.
  partition: int32 # partition is the partition in the volume that you want to mount.
  pdName: text, required # pdName is unique name of the PD resource in GCE.
  readOnly: flag # readOnly here will force the ReadOnly setting in VolumeMounts.
GitRepoVolumeSource # Represents a volume that is populated with the contents of a git repository.
  directory: text # directory is the target directory name.
  repository: text, required # repository is the URL
  revision: text # revision is the commit hash for the specified revision.
GlusterfsVolumeSource # Represents a Glusterfs mount that lasts the lifetime of a pod.
  endpoints: text, required # endpoints is the endpoint name that details Glusterfs topology.
  path: text, required # path is the Glusterfs volume path.
  readOnly: flag # readOnly here will force the Glusterfs volume to be mounted with read-only permissions.
HostPathVolumeSource # Represents a host path mapped into a pod.
  path: text, required # path of the directory on the host.
  type: ""|BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket # type for HostPath Volume Defaults to "" More info:
ImageVolumeSource # ImageVolumeSource represents a image volume resource.
  pullPolicy: Always|IfNotPresent|Never|"" # Policy for pulling OCI objects.
  reference: text # Required:
ISCSIVolumeSource # Represents an ISCSI disk.
  chapAuthDiscovery: flag # chapAuthDiscovery defines whether support iSCSI Discovery CHAP authentication
  chapAuthSession: flag # chapAuthSession defines whether support iSCSI Session CHAP authentication
  fsType: text # fsType is the filesystem type of the volume that you want to mount.
  initiatorName: text # initiatorName is the custom iSCSI Initiator Name.
  iqn: text, required # iqn is the target iSCSI Qualified Name.
  iscsiInterface: text # iscsiInterface is the interface Name that uses an iSCSI transport.
  lun: int32, required # lun represents iSCSI Target Lun number.
  portals: [text] # portals is the iSCSI Target Portal List.
  readOnly: flag # readOnly here will force the ReadOnly setting in VolumeMounts.
  secretRef: LocalObjectReference # secretRef is the CHAP Secret for iSCSI target and initiator authentication
  targetPortal: text, required # targetPortal is iSCSI Target Portal.
NFSVolumeSource # Represents an NFS mount that lasts the lifetime of a pod.
  path: text, required # path that is exported by the NFS server.
  readOnly: flag # readOnly here will force the NFS export to be mounted with read-only permissions.
  server: text, required # server is the hostname or IP address of the NFS server.
PersistentVolumeClaimVolumeSource # PersistentVolumeClaimVolumeSource references the user's PVC in the same namespace.
  claimName: text, required # claimName is the name of a PersistentVolumeClaim in the same namespace as the pod using this volume.
  readOnly: flag # readOnly Will force the ReadOnly setting in VolumeMounts.
PhotonPersistentDiskVolumeSource # Represents a Photon Controller persistent disk resource.
  fsType: text # fsType is the filesystem type to mount.
  pdID: text, required # pdID is the ID that identifies Photon Controller persistent disk
PortworxVolumeSource # PortworxVolumeSource represents a Portworx volume resource.
  fsType: text # fSType represents the filesystem type to mount Must be a filesystem type supported by the host operating ...
  readOnly: flag # readOnly defaults to false (read/write).
  volumeID: text, required # volumeID uniquely identifies a Portworx volume
ProjectedVolumeSource # Represents a projected volume source
  defaultMode: int32 # defaultMode are the mode bits used to set permissions on created files by default.
  sources: [VolumeProjection] # sources is the list of volume projections.
VolumeProjection # Projection that may be projected along with other supported volume types.
  clusterTrustBundle: ClusterTrustBundleProjection # ClusterTrustBundle allows a pod to access the '.spec.trustBundle' field of ClusterTrustBundle objects in an ...
  configMap: ConfigMapProjection # configMap information about the configMap data to project
  downwardAPI: DownwardAPIProjection # downwardAPI information about the downwardAPI data to project
  podCertificate: PodCertificateProjection, since 1.34 # Projects an auto-rotating credential bundle (private key and certificate chain) that the pod can use either as ...
  secret: SecretProjection # secret information about the secret data to project
  serviceAccountToken: ServiceAccountTokenProjection # serviceAccountToken is information about the serviceAccountToken data to project
ClusterTrustBundleProjection # ClusterTrustBundleProjection describes how to select a set of ClusterTrustBundle objects and project their ...
  labelSelector: LabelSelector # Select all ClusterTrustBundles that match this label selector.
  name: text # Select a single ClusterTrustBundle by object name.
  optional: flag # If true, don't block pod startup if the referenced ClusterTrustBundle(s) aren't available.
  path: text, required # Relative path from the volume root to write the bundle.
  signerName: text # Select all ClusterTrustBundles that match this signer name.
ConfigMapProjection # Adapts a ConfigMap into a projected volume.
  items: [KeyToPath] # items if unspecified, each key-value pair in the Data field of the referenced ConfigMap will be projected into ...
  name: text # Name of the referent.
  optional: flag # optional specify whether the ConfigMap or its keys must be defined
DownwardAPIProjection # Represents downward API info for projecting into a projected volume.
  items: [DownwardAPIVolumeFile] # Items is a list of DownwardAPIVolume file
PodCertificateProjection # PodCertificateProjection provides a private key and X.509 certificate in the pod filesystem.
  certificateChainPath: text, since 1.34 # Write the certificate chain at this path in the projected volume.
  credentialBundlePath: text, since 1.34 # Write the credential bundle at this path in the projected volume.
  keyPath: text, since 1.34 # Write the key at this path in the projected volume.
  keyType: text, required, since 1.34 # The type of keypair Kubelet will generate for the pod.
  maxExpirationSeconds: int32, since 1.34 # maxExpirationSeconds is the maximum lifetime permitted for the certificate.
  signerName: text, required, since 1.34 # Kubelet's generated CSRs will be addressed to this signer.
  userAnnotations: {text}, since 1.35 # userAnnotations allow pod authors to pass additional information to the signer implementation.
SecretProjection # Adapts a secret into a projected volume.
  items: [KeyToPath] # items if unspecified, each key-value pair in the Data field of the referenced Secret will be projected into ...
  name: text # Name of the referent.
  optional: flag # optional field specify whether the Secret or its key must be defined
ServiceAccountTokenProjection # ServiceAccountTokenProjection represents a projected service account token volume.
  audience: text # audience is the intended audience of the token.
  expirationSeconds: int64 # expirationSeconds is the requested duration of validity of the service account token.
  path: text, required # path is the path relative to the mount point of the file to project the token into.
QuobyteVolumeSource # Represents a Quobyte mount that lasts the lifetime of a pod.
  group: text # group to map volume access to Default is no group
  readOnly: flag # readOnly here will force the Quobyte volume to be mounted with read-only permissions.
  registry: text, required # registry represents a single or multiple Quobyte Registry services specified as a string as host:port pair ...
  tenant: text # tenant owning the given Quobyte volume in the Backend Used with dynamically provisioned Quobyte volumes, value ...
  user: text # user to map volume access to Defaults to serivceaccount user
  volume: text, required # volume is a string that references an already created Quobyte volume by name.
RBDVolumeSource # Represents a Rados Block Device mount that lasts the lifetime of a pod.
  fsType: text # fsType is the filesystem type of the volume that you want to mount.
  image: text, required # image is the rados image name.
  keyring: text # keyring is the path to key ring for RBDUser.
  monitors: [text], required # monitors is a collection of Ceph monitors.
  pool: text # pool is the rados pool name.
  readOnly: flag # readOnly here will force the ReadOnly setting in VolumeMounts.
  secretRef: LocalObjectReference # secretRef is name of the authentication secret for RBDUser.
  user: text # user is the rados user name.
ScaleIOVolumeSource # ScaleIOVolumeSource represents a persistent ScaleIO volume
  fsType: text # fsType is the filesystem type to mount.
  gateway: text, required # gateway is the host address of the ScaleIO API Gateway.
  protectionDomain: text # protectionDomain is the name of the ScaleIO Protection Domain for the configured storage.
  readOnly: flag # readOnly Defaults to false (read/write).
  secretRef: LocalObjectReference, required # secretRef references to the secret for ScaleIO user and other sensitive information.
  sslEnabled: flag # sslEnabled Flag enable/disable SSL communication with Gateway, default false
  storageMode: text # storageMode indicates whether the storage for a volume should be ThickProvisioned or ThinProvisioned.
  storagePool: text # storagePool is the ScaleIO Storage Pool associated with the protection domain.
  system: text, required # system is the name of the storage system as configured in ScaleIO.
  volumeName: text # volumeName is the name of a volume already created in the ScaleIO system that is associated with this volume ...
SecretVolumeSource # Adapts a Secret into a volume.
  defaultMode: int32 # defaultMode is Optional:
  items: [KeyToPath] # items If unspecified, each key-value pair in the Data field of the referenced Secret will be projected into ...
  optional: flag # optional field specify whether the Secret or its keys must be defined
  secretName: text # secretName is the name of the secret in the pod's namespace to use.
StorageOSVolumeSource # Represents a StorageOS persistent volume resource.
  fsType: text # fsType is the filesystem type to mount.
  readOnly: flag # readOnly defaults to false (read/write).
  secretRef: LocalObjectReference # secretRef specifies the secret to use for obtaining the StorageOS API credentials.
  volumeName: text # volumeName is the human-readable name of the StorageOS volume.
  volumeNamespace: text # volumeNamespace specifies the scope of the volume within StorageOS.
VsphereVirtualDiskVolumeSource # Represents a vSphere volume resource.
  fsType: text # fsType is filesystem type to mount.
  storagePolicyID: text # storagePolicyID is the storage Policy Based Management (SPBM) profile ID associated with the ...
  storagePolicyName: text # storagePolicyName is the storage Policy Based Management (SPBM) profile name.
  volumePath: text, required # volumePath is the path that identifies vSphere volume vmdk
PodSecurityContext # PodSecurityContext holds pod-level security attributes and common container settings.
  appArmorProfile: AppArmorProfile # appArmorProfile is the AppArmor options to use by the containers in this pod.
  fsGroup: int64 # A special supplemental group that applies to all containers in a pod.
  fsGroupChangePolicy: Always|OnRootMismatch # fsGroupChangePolicy defines behavior of changing ownership and permission of the volume before being exposed ...
  runAsGroup: int64 # The GID to run the entrypoint of the container process.
  runAsNonRoot: flag # Indicates that the container must run as a non-root user.
  runAsUser: int64 # The UID to run the entrypoint of the container process.
  seLinuxChangePolicy: text # seLinuxChangePolicy defines how the container's SELinux label is applied to all volumes used by the Pod.
  seLinuxOptions: SELinuxOptions # The SELinux context to be applied to all containers.
  seccompProfile: SeccompProfile # The seccomp options to use by the containers in this pod.
  supplementalGroups: [int64] # A list of groups applied to the first process run in each container, in addition to the container's primary ...
  supplementalGroupsPolicy: Merge|Strict # Defines how supplemental groups of the first container processes are calculated.
  sysctls: [Sysctl] # Sysctls hold a list of namespaced sysctls used for the pod.
  windowsOptions: WindowsSecurityContextOptions # The Windows specific settings applied to all containers.
Sysctl # Sysctl defines a kernel parameter to be set
  name: text, required # Name of a property to set
  value: text, required # Value of a property to set
PodDNSConfig # PodDNSConfig defines the DNS parameters of a pod in addition to those generated from DNSPolicy.
  nameservers: [text] # A list of DNS name server IP addresses.
  options: [PodDNSConfigOption] # A list of DNS resolver options.
  searches: [text] # A list of DNS search domains for host-name lookup.
PodDNSConfigOption # PodDNSConfigOption defines DNS resolver options of a pod.
  name: text # Name is this DNS resolver option's name.
  value: text # Value is this DNS resolver option's value.
HostAlias # HostAlias holds the mapping between IP and hostnames that will be injected as an entry in the pod's hosts ...
  hostnames: [text] # Hostnames for the above IP address.
  ip: text, required # IP address of the host file entry.
Toleration # The pod this Toleration is attached to tolerates any taint that matches the triple <key,value,effect> using ...
  effect: NoExecute|NoSchedule|PreferNoSchedule|"" # Effect indicates the taint effect to match.
  key: text # Key is the taint key that the toleration applies to.
  operator: Equal|Exists|Gt|Lt|"" # Operator represents a key's relationship to the value.
  tolerationSeconds: int64 # TolerationSeconds represents the period of time the toleration (which must be of effect NoExecute, otherwise ...
  value: text # Value is the taint value the toleration matches to.
Affinity # Affinity is a group of affinity scheduling rules.
  nodeAffinity: NodeAffinity # Describes node affinity scheduling rules for the pod.
  podAffinity: PodAffinity # Describes pod affinity scheduling rules (e.g.
  podAntiAffinity: PodAntiAffinity # Describes pod anti-affinity scheduling rules (e.g.
NodeAffinity # Node affinity is a group of node affinity scheduling rules.
  preferredDuringSchedulingIgnoredDuringExecution: [PreferredSchedulingTerm] # The scheduler will prefer to schedule pods to nodes that satisfy the affinity expressions specified by this ...
  requiredDuringSchedulingIgnoredDuringExecution: NodeSelector # If the affinity requirements specified by this field are not met at scheduling time, the pod will not be ...
PreferredSchedulingTerm # An empty preferred scheduling term matches all objects with implicit weight 0 (i.e.
  preference: NodeSelectorTerm, required # A node selector term, associated with the corresponding weight.
  weight: int32, required # Weight associated with matching the corresponding nodeSelectorTerm, in the range 1-100.
NodeSelectorTerm # A null or empty node selector term matches no objects.
  matchExpressions: [NodeSelectorRequirement] # A list of node selector requirements by node's labels.
  matchFields: [NodeSelectorRequirement] # A list of node selector requirements by node's fields.
NodeSelectorRequirement # A node selector requirement is a selector that contains values, a key, and an operator that relates the key ...
  key: text, required # The label key that the selector applies to.
  operator: DoesNotExist|Exists|Gt|In|Lt|NotIn, required # Represents a key's relationship to a set of values.
  values: [text] # An array of string values.
NodeSelector # A node selector represents the union of the results of one or more label queries over a set of nodes; that is, ...
  nodeSelectorTerms: [NodeSelectorTerm], required # Required.
PodAffinity # Pod affinity is a group of inter pod affinity scheduling rules.
  preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm] # The scheduler will prefer to schedule pods to nodes that satisfy the affinity expressions specified by this ...
  requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm] # If the affinity requirements specified by this field are not met at scheduling time, the pod will not be ...
WeightedPodAffinityTerm # The weights of all of the matched WeightedPodAffinityTerm fields are added per-node to find the most preferred ...
  podAffinityTerm: PodAffinityTerm, required # Required.
  weight: int32, required # weight associated with matching the corresponding podAffinityTerm, in the range 1-100.
PodAffinityTerm # Defines a set of pods (namely those matching the labelSelector relative to the given namespace(s)) that this ...
  labelSelector: LabelSelector # A label query over a set of resources, in this case pods.
  matchLabelKeys: [text] # MatchLabelKeys is a set of pod label keys to select which pods will be taken into consideration.
  mismatchLabelKeys: [text] # MismatchLabelKeys is a set of pod label keys to select which pods will be taken into consideration.
  namespaceSelector: LabelSelector # A label query over the set of namespaces that the term applies to.
  namespaces: [text] # namespaces specifies a static list of namespace names that the term applies to.
  topologyKey: text, required # This pod should be co-located (affinity) or not co-located (anti-affinity) with the pods matching the ...
PodAntiAffinity # Pod anti affinity is a group of inter pod anti affinity scheduling rules.
  preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm] # The scheduler will prefer to schedule pods to nodes that satisfy the anti-affinity expressions specified by ...
  requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm] # If the anti-affinity requirements specified by this field are not met at scheduling time, the pod will not be ...
TopologySpreadConstraint # TopologySpreadConstraint specifies how to spread matching pods among the given topology.
  labelSelector: LabelSelector # LabelSelector is used to find matching pods.
  matchLabelKeys: [text] # MatchLabelKeys is a set of pod label keys to select the pods over which spreading will be calculated.
  maxSkew: int32, required # MaxSkew describes the degree to which pods may be unevenly distributed.
  minDomains: int32 # MinDomains indicates a minimum number of eligible domains.
  nodeAffinityPolicy: Honor|Ignore # NodeAffinityPolicy indicates how we will treat Pod's nodeAffinity/nodeSelector when calculating pod topology ...
  nodeTaintsPolicy: Honor|Ignore # NodeTaintsPolicy indicates how we will treat node taints when calculating pod topology spread skew.
  topologyKey: text, required # TopologyKey is the key of node labels.
  whenUnsatisfiable: DoNotSchedule|ScheduleAnyway, required # WhenUnsatisfiable indicates how to deal with a pod if it doesn't satisfy the spread constraint.
`;
