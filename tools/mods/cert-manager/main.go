// Command cert-manager-controller runs cert-manager's own controllers, without the Venafi issuer.
//
// The main package of cert-manager lives in a module that has no released version (its go.mod replaces cert-manager
// with a folder), so it cannot be pinned. This one starts the same controllers from the packages of a release: Issuer
// and ClusterIssuer (SelfSigned, CA, ACME), the certificates controllers, CertificateRequest approver, acme, ca and
// selfsigned, orders and challenges, and the Gateway and ListenerSet shims. It serves nothing and elects no leader.
package main

import (
	"context"
	"flag"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/cert-manager/cert-manager/pkg/controller"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
	utilfeature "github.com/cert-manager/cert-manager/pkg/util/feature"

	_ "github.com/cert-manager/cert-manager/pkg/controller/acmechallenges"
	_ "github.com/cert-manager/cert-manager/pkg/controller/acmeorders"
	gateways "github.com/cert-manager/cert-manager/pkg/controller/certificate-shim/gateways"
	listenerset "github.com/cert-manager/cert-manager/pkg/controller/certificate-shim/listenerset"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/acme"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/approver"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/ca"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/selfsigned"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/issuing"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/keymanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/readiness"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/requestmanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/revisionmanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/trigger"
	_ "github.com/cert-manager/cert-manager/pkg/controller/clusterissuers"
	_ "github.com/cert-manager/cert-manager/pkg/controller/issuers"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/acme"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/ca"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/selfsigned"
)

func main() {
	kubeconfig := flag.String("kubeconfig", os.Getenv("KUBECONFIG"), "kubeconfig file")
	gatewayAPI := flag.Bool("gateway-api", false, "watch Gateways and ListenerSets annotated with cert-manager.io/(cluster-)issuer")
	clusterNS := flag.String("cluster-resource-namespace", "cert-manager", "namespace of ClusterIssuers' secrets")
	nameservers := flag.String("acme-http01-solver-nameservers", "", "DNS servers for the solver's check of itself, as HOST:PORT with commas between; those of the system without")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	logf.InitLogs()
	ctx = logf.NewContext(ctx, logf.Log, "controller")
	if err := run(ctx, *kubeconfig, *clusterNS, *nameservers, *gatewayAPI); err != nil {
		logf.Log.Error(err, "error running controllers")
		os.Exit(1)
	}
}

// The other options are the defaults of cert-manager's own command.
func run(ctx context.Context, kubeconfig, clusterNS, nameservers string, gatewayAPI bool) error {
	if gatewayAPI { // ListenerSets is an alpha gate, off by default
		if err := utilfeature.DefaultMutableFeatureGate.Set("ListenerSets=true"); err != nil {
			return err
		}
	}
	factory, err := controller.NewContextFactory(ctx, controller.ContextOptions{
		Kubeconfig: kubeconfig, KubernetesAPIQPS: 100, KubernetesAPIBurst: 200,
		ACMEOptions: controller.ACMEOptions{
			HTTP01SolverImage: "acmesolver", ACMEHTTP01SolverRunAsNonRoot: true,
			HTTP01SolverNameservers:        strings.FieldsFunc(nameservers, func(r rune) bool { return r == ',' }),
			DNS01CheckRetryPeriod:          10 * time.Second,
			HTTP01SolverResourceRequestCPU: resource.MustParse("10m"), HTTP01SolverResourceRequestMemory: resource.MustParse("64Mi"),
			HTTP01SolverResourceLimitsCPU: resource.MustParse("100m"), HTTP01SolverResourceLimitsMemory: resource.MustParse("64Mi"),
		},
		CertificateOptions: controller.CertificateOptions{
			CertificateRequestMinimumBackoffDuration: time.Hour, CertificateRequestMaximumBackoffDuration: 32 * time.Hour,
			CopiedAnnotationPrefixes: []string{"*", "-kubectl.kubernetes.io/", "-fluxcd.io/", "-argocd.argoproj.io/"},
		},
		SchedulerOptions:   controller.SchedulerOptions{MaxConcurrentChallenges: 60},
		IssuerOptions:      controller.IssuerOptions{ClusterResourceNamespace: clusterNS},
		IngressShimOptions: controller.IngressShimOptions{DefaultIssuerKind: "Issuer", DefaultIssuerGroup: "cert-manager.io"},
		ConfigOptions:      controller.ConfigOptions{EnableGatewayAPI: gatewayAPI, EnableGatewayAPIListenerSet: gatewayAPI},
	})
	if err != nil {
		return err
	}
	cctx, err := factory.Build()
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	for name, build := range controller.Known() {
		if (name == gateways.ControllerName || name == listenerset.ControllerName) && !gatewayAPI {
			continue
		}
		c, err := build(factory)
		if err != nil {
			return err
		}
		logf.Log.Info("starting controller", "controller", name)
		g.Go(func() error { return c.Run(5, ctx) })
	}
	cctx.SharedInformerFactory.Start(ctx.Done())
	cctx.KubeSharedInformerFactory.Start(ctx.Done())
	cctx.HTTP01ResourceMetadataInformersFactory.Start(ctx.Done())
	if gatewayAPI {
		cctx.GWShared.Start(ctx.Done())
	}
	return g.Wait()
}
