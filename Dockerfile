# syntax=docker/dockerfile:1
# The gateway and the console. The demo is not in the image: it needs packages of development.
#
#   docker run --read-only --user 1000 -p 8080:8080 \
#     -v ./phigate.yaml:/etc/phigate/phigate.yaml:ro -v ./secrets:/etc/phigate/secrets:ro \
#     -v phigate:/var/lib/phigate phigate
#
# phigate.yaml says `dataDir: /var/lib/phigate`, and in `listen` host 0.0.0.0 with a certificate, or with what ends TLS in front
# of it. With a certificate, PHIGATE_HEALTH_URL has the name that is in it.

FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json ./
COPY tools/tsconfig.build.json tools/
COPY src/ src/
RUN npm run build && rm -r dist/demo dist/cli/demo.js
RUN npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production
# A body of some megabytes goes back to the system when it is out: glibc would keep its place, 60 MB after a while.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072
WORKDIR /opt/phigate
COPY --from=build /build/node_modules/ node_modules/
COPY --from=build /build/dist/ dist/
COPY package.json ./
COPY schemas/ schemas/
COPY policies/bundle/ policies/bundle/
# Goes into packages of evidence.
COPY tools/verify/ tools/verify/
RUN install -d -o node -g node -m 0700 /var/lib/phigate
VOLUME /var/lib/phigate
# The number, so that an orchestrator can see that it is not root.
USER 1000
EXPOSE 8080 8081
# The gateway's address as seen from inside, for a phigate.yaml with another port.
ENV PHIGATE_HEALTH_URL=http://127.0.0.1:8080/healthz
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(process.env.PHIGATE_HEALTH_URL).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=8", "--heap-growing-percent=120", "--disable-warning=ExperimentalWarning", "dist/cli/phigate.js"]
CMD ["start", "--config", "/etc/phigate/phigate.yaml"]
