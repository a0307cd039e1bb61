// Command apiextensions-apiserver serves the custom resources of an older Kubernetes, and nothing else.
//
// It is the part of kube-apiserver that takes definitions, estimates the cost of their rules, and judges objects by them,
// from the packages of a release: a whole older kube-apiserver takes three times as long to build. Whoever reaches it may
// do everything, so it listens on 127.0.0.1 only. Flags: --etcd-servers, --secure-port, --cert-dir.
package main

import (
	"context"
	"flag"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"k8s.io/apiextensions-apiserver/pkg/apiserver"
	"k8s.io/apiextensions-apiserver/pkg/cmd/server/options"
	generatedopenapi "k8s.io/apiextensions-apiserver/pkg/generated/openapi"
	"k8s.io/apiserver/pkg/authentication/request/anonymous"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	openapinamer "k8s.io/apiserver/pkg/endpoints/openapi"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/apiserver/pkg/util/openapi"
	"k8s.io/apiserver/pkg/util/webhook"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/klog/v2"

	noopoteltrace "go.opentelemetry.io/otel/trace/noop"
)

var loopback = net.IPv4(127, 0, 0, 1)

func main() {
	etcd := flag.String("etcd-servers", "", "URLs of etcd, separated by commas")
	port := flag.Int("secure-port", 0, "port on 127.0.0.1")
	certificates := flag.String("cert-dir", "", "folder for the certificate that it makes for itself")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, strings.Split(*etcd, ","), *port, *certificates); err != nil {
		klog.ErrorS(err, "error running the server")
		os.Exit(1)
	}
}

func run(ctx context.Context, etcd []string, port int, certificates string) error {
	o := options.NewCustomResourceDefinitionsServerOptions(os.Stdout, os.Stderr)
	o.RecommendedOptions.Etcd.StorageConfig.Transport.ServerList = etcd
	serving := o.RecommendedOptions.SecureServing
	serving.BindAddress, serving.BindPort = loopback, port
	serving.ServerCert.CertDirectory, serving.ServerCert.PairName = certificates, "apiserver"
	config, err := configOf(o)
	if err != nil {
		return err
	}
	server, err := config.Complete().New(genericapiserver.NewEmptyDelegate())
	if err != nil {
		return err
	}
	return server.GenericAPIServer.PrepareRun().RunWithContext(ctx)
}

// configOf is what the options' own Config makes, without what asks a kube-apiserver: who somebody is, what they may,
// admission, and Services of webhooks.
func configOf(o *options.CustomResourceDefinitionsServerOptions) (*apiserver.Config, error) {
	recommended := o.RecommendedOptions
	if err := recommended.SecureServing.MaybeDefaultWithSelfSignedCerts("localhost", nil, []net.IP{loopback}); err != nil {
		return nil, err
	}
	generic := genericapiserver.NewRecommendedConfig(apiserver.Codecs)
	if err := o.ServerRunOptions.ApplyTo(&generic.Config); err != nil {
		return nil, err
	}
	if err := recommended.Etcd.ApplyTo(&generic.Config); err != nil {
		return nil, err
	}
	if err := recommended.SecureServing.ApplyTo(&generic.SecureServing, &generic.LoopbackClientConfig); err != nil {
		return nil, err
	}
	if err := o.APIEnablement.ApplyTo(&generic.Config, apiserver.DefaultAPIResourceConfigSource(), apiserver.Scheme); err != nil {
		return nil, err
	}
	generic.Authentication.Authenticator = anonymous.NewAuthenticator(nil)
	generic.Authorization.Authorizer = authorizerfactory.NewAlwaysAllowAuthorizer()
	definitions := openapi.GetOpenAPIDefinitionsWithoutDisabledFeatures(generatedopenapi.GetOpenAPIDefinitions)
	generic.OpenAPIV3Config = genericapiserver.DefaultOpenAPIV3Config(definitions, openapinamer.NewDefinitionNamer(apiserver.Scheme, scheme.Scheme))
	return &apiserver.Config{
		GenericConfig: generic,
		ExtraConfig: apiserver.ExtraConfig{
			CRDRESTOptionsGetter: options.NewCRDRESTOptionsGetter(*recommended.Etcd, generic.ResourceTransformers, generic.StorageObjectCountTracker),
			ServiceResolver:      webhook.NewDefaultServiceResolver(),
			AuthResolverWrapper:  webhook.NewDefaultAuthenticationInfoResolverWrapper(nil, nil, generic.LoopbackClientConfig, noopoteltrace.NewTracerProvider()),
		},
	}, nil
}
