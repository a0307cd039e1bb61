/** A line of the runbook that somebody types and reads by eye. */
export interface RunbookLine {
  readonly section: string;
  readonly line: string;
}

const WORKLOAD_OBJECTS =
  "kubectl get httproute,svc,endpointslice -A -l 'app.kubernetes.io/managed-by=kubebyon,kubebyon.app/gateway-api-sync-kind=workload-edge'";

/** Every line of the runbook's sections 2 to 6 that looks at something. Each is replaced by a rule. */
export const RUNBOOK_LINES: readonly RunbookLine[] = [
  { section: '2', line: 'kubectl get crd gateways.gateway.networking.k8s.io' },
  { section: '2', line: 'kubectl get crd httproutes.gateway.networking.k8s.io' },
  { section: '2', line: 'kubectl get crd tlsroutes.gateway.networking.k8s.io' },
  {
    section: '3',
    line: 'kubectl wait --timeout=5m -n envoy-gateway-system deployment/envoy-gateway --for=condition=Available',
  },
  { section: '3', line: 'kubectl get gatewayclass' },
  { section: '3.1', line: 'kubectl -n cert-manager get pods' },
  { section: '3.1', line: 'kubectl get crd certificates.cert-manager.io' },
  { section: '3.1', line: 'kubectl get clusterissuer,issuer -A' },
  { section: '6.1', line: 'kubectl -n kubebyon-system get gateway' },
  { section: '6.1', line: 'kubectl -n kubebyon-system describe gateway <control-plane-gateway-name>' },
  { section: '6.2', line: 'kubectl -n kubebyon-system get gateway <platform-gateway-name>' },
  { section: '6.2', line: 'kubectl -n kubebyon-system get httproute' },
  { section: '6.2', line: 'kubectl -n kubebyon-system describe httproute <platform-api-route-name>' },
  { section: '6.2', line: "kubectl -n kubebyon-system get deploy,svc | rg 'kubebyon-web|web'" },
  { section: '6.2', line: 'kubectl -n kubebyon-system describe httproute <platform-web-route-name>' },
  {
    section: '6.3',
    line: "kubectl -n kubebyon-system get pod -l app.kubernetes.io/name=kubebyon -o yaml | rg 'KUBEBYON_GATEWAY_API_'",
  },
  { section: '6.3', line: "kubectl -n kubebyon-system get deploy -o yaml | rg 'KUBEBYON_GATEWAY_API_'" },
  { section: '6.4', line: 'curl -I http://kubebyon.example.com/' },
  { section: '6.4', line: 'curl -k https://kubebyon.example.com/' },
  { section: '6.4', line: 'curl -k https://kubebyon.example.com/healthz' },
  { section: '6.4', line: 'curl -k https://kubebyon.example.com/api/auth/providers' },
  { section: '6.5', line: 'kubectl -n <workload-gateway-namespace> get gateway <workload-gateway-name>' },
  {
    section: '6.5',
    line: 'kubectl -n <workload-gateway-namespace> describe gateway <workload-gateway-name>',
  },
  { section: '6.5', line: 'kubectl -n <workload-gateway-namespace> get certificate' },
  { section: '6.5', line: 'kubectl get httproute -A' },
  { section: '6.5', line: WORKLOAD_OBJECTS },
  { section: '6.5', line: 'curl -I http://<hostname>/' },
  { section: '6.5', line: 'curl -kI https://<self-managed-hostname>/' },
];
