package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/cli"
	"helm.sh/helm/v3/pkg/cli/values"
	"helm.sh/helm/v3/pkg/getter"
	"helm.sh/helm/v3/pkg/release"
)

type inlineGetter struct{ inlineFiles }

func (g inlineGetter) Get(url string, _ ...getter.Option) (*bytes.Buffer, error) { return g.read(url) }

// render follows newTemplateCmd and runInstall of Helm 3's cmd/helm (template.go, install.go).
func render(j job) (string, error) {
	client := action.NewInstall(&action.Configuration{Log: func(string, ...interface{}) {}})
	if j.KubeVersion != "" {
		version, err := chartutil.ParseKubeVersion(j.KubeVersion)
		if err != nil {
			return "", fmt.Errorf("invalid kube version '%s': %s", j.KubeVersion, err)
		}
		client.KubeVersion = version
	}
	client.DryRun = true
	client.DryRunOption = "true"
	client.Replace = true
	client.ClientOnly = true
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
	chart, err := loader.Load(path)
	if err != nil {
		return "", err
	}
	if kind := chart.Metadata.Type; kind != "" && kind != "application" {
		return "", fmt.Errorf("%s charts are not installable", kind)
	}
	if err := action.CheckDependencies(chart, chart.Metadata.Dependencies); err != nil {
		return "", fmt.Errorf("An error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: %w", err)
	}

	rendered, err := client.Run(chart, merged)
	if err != nil {
		if rendered != nil {
			return "", fmt.Errorf("%w\n\nUse --debug flag to render out invalid YAML", err)
		}
		return "", err
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
