package main

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/diff"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/tracing"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	argoutil "github.com/argoproj/argo-cd/v3/util/argo"
	argodiff "github.com/argoproj/argo-cd/v3/util/argo/diff"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	jsonpatch "github.com/evanphx/json-patch"
	"github.com/go-logr/logr"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"
)

// argoSettings are those of an Application that decide about differences.
type argoSettings struct {
	// IgnoreDifferences as in spec.ignoreDifferences.
	IgnoreDifferences []v1alpha1.ResourceIgnoreDifferences `json:"ignoreDifferences"`
	// SyncOptions as in spec.syncPolicy.syncOptions.
	SyncOptions []string `json:"syncOptions"`
	// ServerSideDiff as by the annotation argocd.argoproj.io/compare-options.
	ServerSideDiff bool `json:"serverSideDiff"`
}

func (settings argoSettings) has(option string) bool {
	return slices.Contains(settings.SyncOptions, option)
}

// argo compares objects as controller/state.go does, and applies them as a sync does.
func argo(ctx context.Context, config *rest.Config, asked order) ([]found, error) {
	kubectl := &kube.KubectlCmd{Log: logr.Discard(), Tracer: tracing.NopTracer{}}
	for _, object := range asked.Objects {
		// Argo CD marks what it has rendered, before it compares.
		err := argoutil.NewResourceTracking().SetAppInstance(object, common.LabelKeyAppInstance, "kubebyon", object.GetNamespace(), v1alpha1.TrackingMethodAnnotation, "")
		if err != nil {
			return nil, err
		}
	}
	lives, err := livesOf(ctx, kubectl, config, asked.Objects)
	if err != nil {
		return nil, err
	}
	settings, cleanUp, err := diffConfig(kubectl, config, asked.Argo)
	if err != nil {
		return nil, err
	}
	defer cleanUp()
	results, err := argodiff.StateDiffs(lives, asked.Objects, settings)
	if err != nil {
		return nil, err
	}
	if asked.Apply {
		if err := sync(ctx, kubectl, config, asked, lives, settings); err != nil {
			return nil, err
		}
	}
	answer := []found{}
	for index, object := range asked.Objects {
		patch, err := patchOf(results.Diffs[index])
		if err != nil {
			return nil, err
		}
		answer = append(answer, foundOf(object, patch))
	}
	return answer, nil
}

func livesOf(ctx context.Context, kubectl *kube.KubectlCmd, config *rest.Config, objects []*unstructured.Unstructured) ([]*unstructured.Unstructured, error) {
	lives := []*unstructured.Unstructured{}
	for _, object := range objects {
		live, err := kubectl.GetResource(ctx, config, object.GroupVersionKind(), object.GetName(), object.GetNamespace())
		if apierrors.IsNotFound(err) {
			live, err = nil, nil
		}
		if err != nil {
			return nil, err
		}
		lives = append(lives, live)
	}
	return lives, nil
}

func diffConfig(kubectl *kube.KubectlCmd, config *rest.Config, settings argoSettings) (argodiff.DiffConfig, func(), error) {
	_, parser, err := kubectl.LoadOpenAPISchema(config)
	if err != nil {
		return nil, nil, err
	}
	builder := argodiff.NewDiffConfigBuilder().
		WithDiffSettings(settings.IgnoreDifferences, nil, false, normalizers.IgnoreNormalizerOpts{}).
		WithTracking(common.LabelKeyAppInstance, string(v1alpha1.TrackingMethodAnnotation)).
		WithNoCache().
		WithGVKParser(parser).
		WithManager(common.ArgoCDSSAManager).
		WithStructuredMergeDiff(settings.has("ServerSideApply=true")).
		WithServerSideDiff(settings.ServerSideDiff)
	cleanUp := func() {}
	if settings.ServerSideDiff {
		applier, done, err := kubectl.ManageServerSideDiffDryRuns(config)
		if err != nil {
			return nil, nil, err
		}
		builder.WithServerSideDryRunner(diff.NewK8sServerSideDryRunner(applier))
		cleanUp = done
	}
	built, err := builder.Build()
	return built, cleanUp, err
}

func patchOf(result diff.DiffResult) (json.RawMessage, error) {
	if !result.Modified {
		return nil, nil
	}
	return jsonpatch.CreateMergePatch(result.NormalizedLive, result.PredictedLive)
}

func sync(ctx context.Context, kubectl *kube.KubectlCmd, config *rest.Config, asked order, lives []*unstructured.Unstructured, settings argodiff.DiffConfig) error {
	operations, cleanUp, err := kubectl.ManageResources(config)
	if err != nil {
		return err
	}
	defer cleanUp()
	targets := asked.Objects
	if asked.Argo.has("RespectIgnoreDifferences=true") {
		targets, err = withIgnoredOfLives(targets, lives, settings)
		if err != nil {
			return err
		}
	}
	onServer := asked.Argo.has("ServerSideApply=true")
	for _, target := range targets {
		if _, err := operations.ApplyResource(ctx, target, cmdutil.DryRunNone, false, false, onServer, common.ArgoCDSSAManager); err != nil {
			return err
		}
	}
	return nil
}

// withIgnoredOfLives copies what is ignored from the objects that are there into those that are applied: normalizeTargetResources
// of controller/sync.go, which nobody outside can call, as far as it concerns custom resources.
func withIgnoredOfLives(targets, lives []*unstructured.Unstructured, settings argodiff.DiffConfig) ([]*unstructured.Unstructured, error) {
	normalized, err := argodiff.Normalize(lives, targets, settings)
	if err != nil {
		return nil, err
	}
	patched := []*unstructured.Unstructured{}
	for index, target := range targets {
		if lives[index] == nil {
			patched = append(patched, target)
			continue
		}
		live, normalizedLive := lives[index].DeepCopy(), normalized.Lives[index].DeepCopy()
		for _, one := range []*unstructured.Unstructured{live, normalizedLive} {
			unstructured.RemoveNestedField(one.Object, "status")
		}
		one, err := withPatchOf(normalizedLive, live, normalized.Targets[index])
		if err != nil {
			return nil, err
		}
		patched = append(patched, one)
	}
	return patched, nil
}

// withPatchOf applies to a target what leads from one object to another.
func withPatchOf(from, to, target *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	texts := [][]byte{}
	for _, object := range []*unstructured.Unstructured{from, to, target} {
		text, err := object.MarshalJSON()
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	patch, err := jsonpatch.CreateMergePatch(texts[0], texts[1])
	if err != nil {
		return nil, err
	}
	merged, err := jsonpatch.MergePatch(texts[2], patch)
	if err != nil {
		return nil, err
	}
	result := &unstructured.Unstructured{}
	return result, result.UnmarshalJSON(merged)
}
