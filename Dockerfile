# The command line and the edge controller: "docker build -t kubebyon-gateway ." in this folder.
# The route agent: "docker build --target route-agent -t kubebyon-route-agent ." in the same.
# test/conformance/image runs these steps without a container engine.

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY LICENSE THIRD-PARTY.md tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
RUN npm run build
RUN npm prune --omit=dev

# Node, what was built, and the packages that it runs with: no npm, no compiler, nothing that it was built with.
FROM debian:bookworm-slim AS runtime
COPY --from=build /usr/local/bin/node /usr/local/bin/node
WORKDIR /app
COPY --from=build /src/dist ./dist
COPY --from=build /src/node_modules ./node_modules
COPY package.json LICENSE NOTICE THIRD-PARTY.md ./
# Compiled code between two runs goes where the chart mounts a folder; the rest of the file system is read-only there.
ENV NODE_ENV=production XDG_CACHE_HOME=/tmp
ENTRYPOINT ["node", "/app/dist/cli.cjs"]

# The same and iproute2. Only root can hold the one capability that changing routes needs, so it is not another user here.
FROM runtime AS route-agent
RUN apt-get update && apt-get install --yes --no-install-recommends 'iproute2=6.1.*' && rm -rf /var/lib/apt/lists/*
LABEL org.opencontainers.image.title="kubebyon-route-agent" \
      org.opencontainers.image.description="Keeps the routes of RoutePlans in the kernel of a Node." \
      org.opencontainers.image.licenses="Apache-2.0"
USER 0:0
CMD ["route-agent"]

FROM runtime
LABEL org.opencontainers.image.title="kubebyon-gateway" \
      org.opencontainers.image.description="Describes, checks, renders and runs the public entries of a KubeBYON platform." \
      org.opencontainers.image.licenses="Apache-2.0"
USER 65532:65532
