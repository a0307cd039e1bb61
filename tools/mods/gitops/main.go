// Command gitops compares and applies rendered objects as GitOps tools do, by the code of these tools: the diff engine and the
// apply of Argo CD, the drift detection of Flux's helm-controller, the diff and the apply of its kustomize-controller.
//
// It reads an order (JSON) from standard input and writes what it found of each object to standard output. Flag: -kubeconfig.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// order says which tool does what with which objects.
type order struct {
	// Tool is "argo", "helm-controller" or "kustomize-controller".
	Tool string `json:"tool"`
	// Apply writes the objects; without it they are only compared.
	Apply   bool                         `json:"apply"`
	Objects []*unstructured.Unstructured `json:"objects"`
	Argo    argoSettings                 `json:"argo"`
	Flux    fluxSettings                 `json:"flux"`
}

// found is what a tool says of an object.
type found struct {
	Kind      string `json:"kind"`
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name"`
	// Patch is what the tool would change of the object that is there; null when nothing.
	Patch json.RawMessage `json:"patch"`
}

type tool func(ctx context.Context, config *rest.Config, asked order) ([]found, error)

var tools = map[string]tool{
	"argo":                 argo,
	"helm-controller":      helmController,
	"kustomize-controller": kustomizeController,
}

func main() {
	kubeconfig := flag.String("kubeconfig", "", "file with the address and the credentials of an API server")
	flag.Parse()
	if err := run(*kubeconfig); err != nil {
		fmt.Fprintln(os.Stderr, "gitops:", err)
		os.Exit(1)
	}
}

func run(kubeconfig string) error {
	var asked order
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		return fmt.Errorf("the order on standard input: %w", err)
	}
	do, isKnown := tools[asked.Tool]
	if !isKnown {
		return fmt.Errorf("tool: expected argo, helm-controller or kustomize-controller, found %q", asked.Tool)
	}
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 200, 400
	answer, err := do(context.Background(), config, asked)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(answer)
}

func foundOf(object *unstructured.Unstructured, patch json.RawMessage) found {
	return found{
		Kind:      object.GetKind(),
		Namespace: object.GetNamespace(),
		Name:      object.GetName(),
		Patch:     patch,
	}
}
