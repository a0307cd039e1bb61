package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"helm.sh/helm/v4/pkg/action"
	"helm.sh/helm/v4/pkg/chart"
	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/loader"
	"helm.sh/helm/v4/pkg/cli"
	"helm.sh/helm/v4/pkg/cli/values"
	"helm.sh/helm/v4/pkg/getter"
	release "helm.sh/helm/v4/pkg/release/v1"
)

func init() {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
}

type inlineGetter struct{ inlineFiles }

func (g inlineGetter) Get(url string, _ ...getter.Option) (*bytes.Buffer, error) { return g.read(url) }

// render follows newTemplateCmd and runInstall of Helm 4's pkg/cmd (template.go, install.go).
func render(j job) (string, error) {
	client := action.NewInstall(action.NewConfiguration(action.ConfigurationSetLogger(slog.DiscardHandler)))
	if j.KubeVersion != "" {
		version, err := common.ParseKubeVersion(j.KubeVersion)
		if err != nil {
			return "", fmt.Errorf("invalid kube version '%s': %w", j.KubeVersion, err)
		}
		client.KubeVersion = version
	}
	client.DryRunStrategy = action.DryRunClient
	client.Replace = true
	client.APIVersions = j.APIVersions
	client.IncludeCRDs = j.IncludeCRDs
	client.DisableHooks = j.NoHooks
	client.IsUpgrade = j.IsUpgrade
	client.SkipSchemaValidation = j.SkipSchemaValidation
	client.ReleaseName = j.Name
	client.Namespace = j.Namespace

	path, err := client.LocateChart(j.Chart, cli.New())
	if err != nil {
		return "", err
	}
	options := values.Options{
		ValueFiles: j.ValueFiles, Values: j.Set, StringValues: j.SetString, JSONValues: j.SetJSON,
		FileValues: j.SetFile, LiteralValues: j.SetLiteral,
	}
	merged, err := options.MergeValues(getter.Providers{{
		Schemes: []string{"inline"},
		New:     func(...getter.Option) (getter.Getter, error) { return inlineGetter{j.Inline}, nil },
	}})
	if err != nil {
		return "", err
	}
	loaded, err := loader.Load(path)
	if err != nil {
		return "", err
	}
	accessor, err := chart.NewAccessor(loaded)
	if err != nil {
		return "", err
	}
	if kind := accessor.MetadataAsMap()["Type"]; kind != "" && kind != "application" {
		return "", fmt.Errorf("%s charts are not installable", kind)
	}
	if err := action.CheckDependencies(loaded, accessor.MetaDependencies()); err != nil {
		return "", fmt.Errorf("an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: %w", err)
	}

	releaser, err := client.Run(loaded, merged)
	rendered, _ := releaser.(*release.Release)
	if err != nil {
		if rendered != nil {
			return "", fmt.Errorf("%w\n\nUse --debug flag to render out invalid YAML", err)
		}
		return "", err
	}
	if rendered == nil {
		return "", fmt.Errorf("unsupported release type: %T", releaser)
	}
	var manifests bytes.Buffer
	fmt.Fprintln(&manifests, strings.TrimSpace(rendered.Manifest))
	if !j.NoHooks {
		for _, hook := range rendered.Hooks {
			if j.SkipTests && slices.Contains(hook.Events, release.HookTest) {
				continue
			}
			fmt.Fprintf(&manifests, "---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
		}
	}
	return manifests.String(), nil
}
