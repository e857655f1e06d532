FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY . .
# What a start would write into Node's compile cache is made here, since the bot may write nothing. The cache is for one user id.
USER 1000:1000
RUN NODE_COMPILE_CACHE=/tmp/compiled node --input-type=module --eval "await Promise.all(['start', 'serve', 'health', 'metrics', 'discord/gateway', 'discord/endpoint'].map((name) => import('./src/' + name + '.ts')))" \
  && chmod -R a+rX /tmp/compiled

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="Framewise" \
  org.opencontainers.image.description="A Discord bot that looks up, compares and recommends backend web frameworks, with a source behind every fact." \
  org.opencontainers.image.licenses="MIT"
# With PORT set, health is served beside the gateway too.
ENV NODE_ENV=production \
  NODE_COMPILE_CACHE=/app/compiled \
  PORT=3000
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY . .
COPY --from=build /tmp/compiled ./compiled
USER 1000:1000
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
