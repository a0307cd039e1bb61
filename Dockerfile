# The command line and the edge controller: "docker build -t kubebyon-gateway ." in this folder.
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
FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="kubebyon-gateway" \
      org.opencontainers.image.description="Describes, checks, renders and runs the public entries of a KubeBYON platform." \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /usr/local/bin/node /usr/local/bin/node
WORKDIR /app
COPY --from=build /src/dist ./dist
COPY --from=build /src/node_modules ./node_modules
COPY package.json LICENSE NOTICE THIRD-PARTY.md ./
# Compiled code between two runs goes where the chart mounts a folder; the rest of the file system is read-only there.
ENV NODE_ENV=production XDG_CACHE_HOME=/tmp
USER 65532:65532
ENTRYPOINT ["node", "/app/dist/cli.cjs"]
