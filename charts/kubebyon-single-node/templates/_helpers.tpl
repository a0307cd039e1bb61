{{/* A name as it is up to 63 characters; a longer one cut, with a hash of the whole. */}}
{{- define "kubebyon.boundedName" -}}
{{- if gt (len .) 63 }}
{{- printf "%s-%s" (regexReplaceAll "[-.]+$" (trunc 54 .) "") (sha256sum . | trunc 8) }}
{{- else }}
{{- . }}
{{- end }}
{{- end }}

{{/* The entries of a map as k=v,k2=v2, sorted by key. */}}
{{- define "kubebyon.joinEntries" -}}
{{- $entries := list }}
{{- range $key, $value := . }}
{{- $entries = append $entries (printf "%s=%s" $key $value) }}
{{- end }}
{{- join "," $entries }}
{{- end }}

{{/* Image of the api container. */}}
{{- define "kubebyon.apiImage" -}}
{{- printf "%s%s%s" (ternary "" (printf "%s/" $.Values.global.imageRegistry) (empty $.Values.global.imageRegistry)) $.Values.api.image.repository (ternary (printf "@%s" $.Values.api.image.digest) (printf ":%s" (or $.Values.api.image.tag $.Chart.AppVersion)) (not (empty $.Values.api.image.digest))) }}
{{- end }}

{{/* Whether the old Pod of the API ends before the new one starts. */}}
{{- define "kubebyon.apiIsRecreated" -}}
{{- if or (eq $.Values.api.strategy.type "Recreate") (and (empty $.Values.api.strategy.type) $.Values.api.hostNetwork) }}true{{ end }}
{{- end }}

{{/* Name of the API. */}}
{{- define "kubebyon.apiName" -}}
{{- include "kubebyon.boundedName" (printf "%s-api" (include "kubebyon.fullname" $)) }}
{{- end }}

{{/* Name and version of the chart. */}}
{{- define "kubebyon.chartLabel" -}}
{{- printf "%s-%s" (or $.Values.nameOverride $.Chart.Name) $.Chart.Version }}
{{- end }}

{{/* Labels of every object besides commonLabels and its component. */}}
{{- define "kubebyon.chartLabels" -}}
{{ include "kubebyon.selectorLabels" $ }}
app.kubernetes.io/version: {{ $.Chart.AppVersion | toJson }}
app.kubernetes.io/managed-by: {{ $.Release.Service | toJson }}
helm.sh/chart: {{ include "kubebyon.chartLabel" $ | toJson }}
{{- end }}

{{/* GatewayClass of the control-plane Gateway. */}}
{{- define "kubebyon.controlPlaneGatewayClass" -}}
{{- or (ternary $.Values.gatewayAPI.gatewayClassProfiles.shared $.Values.gatewayAPI.gatewayClassProfiles.edge (eq $.Values.gatewayAPI.addressMode "single")) $.Values.gatewayAPI.gatewayClassName }}
{{- end }}

{{/* Name of the control-plane Gateway. */}}
{{- define "kubebyon.controlPlaneGatewayName" -}}
{{- or $.Values.gatewayAPI.name (include "kubebyon.boundedName" (printf "%s-control-plane-gateway" (include "kubebyon.fullname" $))) }}
{{- end }}

{{/* Namespace of the control-plane Gateway. */}}
{{- define "kubebyon.controlPlaneNamespace" -}}
{{- or $.Values.gatewayAPI.namespace $.Release.Namespace }}
{{- end }}

{{/* Image of the curl container. */}}
{{- define "kubebyon.curlImage" -}}
{{- printf "%s%s%s" (ternary "" (printf "%s/" $.Values.global.imageRegistry) (empty $.Values.global.imageRegistry)) $.Values.tests.image.repository (ternary (printf "@%s" $.Values.tests.image.digest) (printf ":%s" (or $.Values.tests.image.tag $.Chart.AppVersion)) (not (empty $.Values.tests.image.digest))) }}
{{- end }}

{{/* Image of the edgeController container. */}}
{{- define "kubebyon.edgeControllerImage" -}}
{{- printf "%s%s%s" (ternary "" (printf "%s/" $.Values.global.imageRegistry) (empty $.Values.global.imageRegistry)) $.Values.edgeController.image.repository (ternary (printf "@%s" $.Values.edgeController.image.digest) (printf ":%s" (or $.Values.edgeController.image.tag $.Chart.AppVersion)) (not (empty $.Values.edgeController.image.digest))) }}
{{- end }}

{{/* Name of the edge controller. */}}
{{- define "kubebyon.edgeControllerName" -}}
{{- include "kubebyon.boundedName" (printf "%s-edge-controller" (include "kubebyon.fullname" $)) }}
{{- end }}

{{/* Base of every default name. */}}
{{- define "kubebyon.fullname" -}}
{{- or $.Values.fullnameOverride (printf "%s-kubebyon" $.Release.Name) }}
{{- end }}

{{/* Whether the API is granted what it needs to keep the entries. */}}
{{- define "kubebyon.grantsApi" -}}
{{- if and $.Values.rbac.create (not $.Values.edgeController.enabled) }}true{{ end }}
{{- end }}

{{/* Whether the edge controller is granted what it needs to keep the entries. */}}
{{- define "kubebyon.grantsEdgeController" -}}
{{- if and $.Values.rbac.create $.Values.edgeController.enabled }}true{{ end }}
{{- end }}

{{/* Whether the Job that takes routes away is granted what it needs. */}}
{{- define "kubebyon.grantsRouteCleanup" -}}
{{- if and (include "kubebyon.usesRouteCleanup" $) $.Values.rbac.create }}true{{ end }}
{{- end }}

{{/* Image of the haproxy container. */}}
{{- define "kubebyon.haproxyImage" -}}
{{- printf "%s%s%s" (ternary "" (printf "%s/" $.Values.global.imageRegistry) (empty $.Values.global.imageRegistry)) $.Values.haproxy.image.repository (ternary (printf "@%s" $.Values.haproxy.image.digest) (printf ":%s" (or $.Values.haproxy.image.tag $.Chart.AppVersion)) (not (empty $.Values.haproxy.image.digest))) }}
{{- end }}

{{/* Name of the ConfigMap of haproxy. */}}
{{- define "kubebyon.haproxyName" -}}
{{- include "kubebyon.boundedName" (printf "%s-haproxy" (include "kubebyon.fullname" $)) }}
{{- end }}

{{/* Labels of every object besides its component. */}}
{{- define "kubebyon.labels" -}}
{{ include "kubebyon.chartLabels" $ }}
{{- range $key, $value := $.Values.commonLabels }}
{{ $key | toJson }}: {{ $value | toJson }}
{{- end }}
{{- end }}

{{/* GatewayClass of the platform Gateway. */}}
{{- define "kubebyon.platformGatewayClass" -}}
{{- or $.Values.gatewayAPI.platform.gatewayClassName (ternary $.Values.gatewayAPI.gatewayClassProfiles.shared $.Values.gatewayAPI.gatewayClassProfiles.edge (eq $.Values.gatewayAPI.addressMode "single")) $.Values.gatewayAPI.gatewayClassName }}
{{- end }}

{{/* Name of the platform Gateway. */}}
{{- define "kubebyon.platformGatewayName" -}}
{{- or $.Values.gatewayAPI.platform.name (include "kubebyon.boundedName" (printf "%s-platform-gateway" (include "kubebyon.fullname" $))) }}
{{- end }}

{{/* Namespace of the platform Gateway. */}}
{{- define "kubebyon.platformNamespace" -}}
{{- or $.Values.gatewayAPI.platform.namespace (include "kubebyon.controlPlaneNamespace" $) }}
{{- end }}

{{/* Image of the routeAgent container. */}}
{{- define "kubebyon.routeAgentImage" -}}
{{- printf "%s%s%s" (ternary "" (printf "%s/" $.Values.global.imageRegistry) (empty $.Values.global.imageRegistry)) $.Values.routeAgent.image.repository (ternary (printf "@%s" $.Values.routeAgent.image.digest) (printf ":%s" (or $.Values.routeAgent.image.tag $.Chart.AppVersion)) (not (empty $.Values.routeAgent.image.digest))) }}
{{- end }}

{{/* Name of the route agent. */}}
{{- define "kubebyon.routeAgentName" -}}
{{- include "kubebyon.boundedName" (printf "%s-route-agent" (include "kubebyon.fullname" $)) }}
{{- end }}

{{/* Name of the Job that removes routes. */}}
{{- define "kubebyon.routeCleanupName" -}}
{{- include "kubebyon.boundedName" (printf "%s-route-cleanup" (include "kubebyon.fullname" $)) }}
{{- end }}

{{/* Namespace of the RoutePlans. */}}
{{- define "kubebyon.routePlanNamespace" -}}
{{- or $.Values.gatewayAPI.workload.podCIDRRoute.routePlanNamespace $.Release.Namespace }}
{{- end }}

{{/* Labels that Pods are found by, besides their component. They never change: selectors are immutable. */}}
{{- define "kubebyon.selectorLabels" -}}
app.kubernetes.io/name: kubebyon
app.kubernetes.io/instance: {{ $.Release.Name | toJson }}
{{- end }}

{{/* Whether the API server lets agents write their own reports only. */}}
{{- define "kubebyon.usesAgentPolicy" -}}
{{- if and (include "kubebyon.usesRouteAgent" $) $.Values.routeAgent.admissionPolicy.enabled }}true{{ end }}
{{- end }}

{{/* Whether Gateway API opens the entries. */}}
{{- define "kubebyon.usesGatewayAPI" -}}
{{- if eq $.Values.publicAccess.provider "gatewayapi" }}true{{ end }}
{{- end }}

{{/* Whether haproxy opens the control planes. */}}
{{- define "kubebyon.usesHaproxy" -}}
{{- if eq $.Values.publicAccess.provider "haproxy" }}true{{ end }}
{{- end }}

{{/* Whether the API changes routes of its own Node. */}}
{{- define "kubebyon.usesLocalRoutes" -}}
{{- if and (include "kubebyon.usesWorkload" $) $.Values.gatewayAPI.workload.podCIDRRoute.enabled (eq $.Values.gatewayAPI.workload.podCIDRRoute.mode "local") }}true{{ end }}
{{- end }}

{{/* Whether the platform has a Gateway. */}}
{{- define "kubebyon.usesPlatform" -}}
{{- if and (include "kubebyon.usesGatewayAPI" $) $.Values.gatewayAPI.platform.enabled }}true{{ end }}
{{- end }}

{{/* Whether route agents run. */}}
{{- define "kubebyon.usesRouteAgent" -}}
{{- if and (include "kubebyon.usesWorkload" $) $.Values.gatewayAPI.workload.podCIDRRoute.enabled (eq $.Values.gatewayAPI.workload.podCIDRRoute.mode "routeagent") }}true{{ end }}
{{- end }}

{{/* Whether routes are taken away before the release goes. */}}
{{- define "kubebyon.usesRouteCleanup" -}}
{{- if and (include "kubebyon.usesRouteAgent" $) $.Values.routeAgent.cleanUp.enabled }}true{{ end }}
{{- end }}

{{/* Whether the web console runs. */}}
{{- define "kubebyon.usesWeb" -}}
{{- if and (include "kubebyon.usesPlatform" $) $.Values.web.enabled }}true{{ end }}
{{- end }}

{{/* Whether workloads have a Gateway. */}}
{{- define "kubebyon.usesWorkload" -}}
{{- if and (include "kubebyon.usesGatewayAPI" $) $.Values.gatewayAPI.workload.enabled }}true{{ end }}
{{- end }}

{{/* Image of the web container. */}}
{{- define "kubebyon.webImage" -}}
{{- printf "%s%s%s" (ternary "" (printf "%s/" $.Values.global.imageRegistry) (empty $.Values.global.imageRegistry)) $.Values.web.image.repository (ternary (printf "@%s" $.Values.web.image.digest) (printf ":%s" (or $.Values.web.image.tag $.Chart.AppVersion)) (not (empty $.Values.web.image.digest))) }}
{{- end }}

{{/* Name of the web console. */}}
{{- define "kubebyon.webName" -}}
{{- include "kubebyon.boundedName" (printf "%s-web" (include "kubebyon.fullname" $)) }}
{{- end }}

{{/* GatewayClass of the workload Gateway. */}}
{{- define "kubebyon.workloadGatewayClass" -}}
{{- or $.Values.gatewayAPI.workload.gatewayClassName (ternary $.Values.gatewayAPI.gatewayClassProfiles.shared $.Values.gatewayAPI.gatewayClassProfiles.workload (eq $.Values.gatewayAPI.addressMode "single")) $.Values.gatewayAPI.gatewayClassName }}
{{- end }}

{{/* Name of the workload Gateway. */}}
{{- define "kubebyon.workloadGatewayName" -}}
{{- or $.Values.gatewayAPI.workload.name (include "kubebyon.boundedName" (printf "%s-workload-gateway" (include "kubebyon.fullname" $))) }}
{{- end }}

{{/* Name of the HTTP listener of the workload Gateway. */}}
{{- define "kubebyon.workloadHttpListenerName" -}}
{{- or $.Values.gatewayAPI.workload.listenerName $.Values.gatewayAPI.workload.tls.httpListenerName "workload-http" }}
{{- end }}

{{/* Name of the shared HTTPS listener of the workload Gateway. */}}
{{- define "kubebyon.workloadHttpsListenerName" -}}
{{- or $.Values.gatewayAPI.workload.tls.httpsListenerName "workload-https" }}
{{- end }}

{{/* Namespace of the workload Gateway. */}}
{{- define "kubebyon.workloadNamespace" -}}
{{- or $.Values.gatewayAPI.workload.namespace (include "kubebyon.controlPlaneNamespace" $) }}
{{- end }}

{{/* Name of the Secret of the shared workload certificate. */}}
{{- define "kubebyon.workloadTlsSecretName" -}}
{{- or $.Values.gatewayAPI.workload.tls.secretName (include "kubebyon.boundedName" (printf "%s-workload-tls" (include "kubebyon.fullname" $))) }}
{{- end }}
