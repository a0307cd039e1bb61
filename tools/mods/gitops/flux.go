package main

import (
	"context"
	"encoding/json"

	"github.com/fluxcd/pkg/ssa"
	"github.com/fluxcd/pkg/ssa/jsondiff"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// fluxSettings are those that decide about differences.
type fluxSettings struct {
	// Ignore as in spec.driftDetection.ignore of a HelmRelease.
	Ignore []fluxIgnore `json:"ignore"`
}

type fluxIgnore struct {
	Paths  []string           `json:"paths"`
	Target *jsondiff.Selector `json:"target"`
}

func (settings fluxSettings) rules() []jsondiff.IgnoreRule {
	rules := []jsondiff.IgnoreRule{}
	for _, one := range settings.Ignore {
		rules = append(rules, jsondiff.IgnoreRule{Paths: one.Paths, Selector: one.Target})
	}
	return rules
}

// helmController compares as the drift detection of a HelmRelease does (internal/action/diff.go of helm-controller). With
// apply it corrects drift as that does with mode "enabled": by the patch that it has found.
func helmController(ctx context.Context, config *rest.Config, asked order) ([]found, error) {
	const manager = "helm-controller"
	kube, err := client.New(config, client.Options{})
	if err != nil {
		return nil, err
	}
	set, err := jsondiff.UnstructuredList(ctx, kube, asked.Objects,
		jsondiff.FieldOwner(manager), jsondiff.Rationalize(true), jsondiff.IgnoreRules(asked.Flux.rules()))
	if err != nil {
		return nil, err
	}
	answer := []found{}
	for index, one := range set {
		object := asked.Objects[index]
		if one.Type != jsondiff.DiffTypeUpdate {
			answer = append(answer, foundOf(object, nil))
			continue
		}
		patch, err := json.Marshal(one.Patch)
		if err != nil {
			return nil, err
		}
		if asked.Apply {
			correction := client.RawPatch("application/json-patch+json", patch)
			if err := kube.Patch(ctx, object.DeepCopy(), correction, client.FieldOwner(manager)); err != nil {
				return nil, err
			}
		}
		answer = append(answer, foundOf(object, patch))
	}
	return answer, nil
}

// kustomizeController compares and applies as a Kustomization does.
func kustomizeController(ctx context.Context, config *rest.Config, asked order) ([]found, error) {
	kube, err := client.New(config, client.Options{})
	if err != nil {
		return nil, err
	}
	owner := ssa.Owner{Field: "kustomize-controller", Group: "kustomize.toolkit.fluxcd.io"}
	manager := ssa.NewResourceManager(kube, nil, owner)
	answer := []found{}
	for _, object := range asked.Objects {
		differences := ssa.DefaultDiffOptions()
		differences.DriftIgnoreRules = asked.Flux.rules()
		entry, live, merged, err := manager.Diff(ctx, object.DeepCopy(), differences)
		if err != nil {
			return nil, err
		}
		var patch json.RawMessage
		if entry.Action == ssa.ConfiguredAction {
			patch, err = patchBetween(live, merged)
			if err != nil {
				return nil, err
			}
		}
		if asked.Apply {
			options := ssa.DefaultApplyOptions()
			options.DriftIgnoreRules = asked.Flux.rules()
			if _, err := manager.Apply(ctx, object.DeepCopy(), options); err != nil {
				return nil, err
			}
		}
		answer = append(answer, foundOf(object, patch))
	}
	return answer, nil
}

func patchBetween(live, merged *unstructured.Unstructured) (json.RawMessage, error) {
	patch, err := jsondiff.DiffUnstructured(live, merged)
	if err != nil {
		return nil, err
	}
	return json.Marshal(patch)
}
