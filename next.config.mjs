/** @type {import('next').NextConfig} */
const config = {
  // Several builds side by side: tests and measurements use folders of their own.
  distDir: process.env.SWITCHBOARD_DIST_DIR ?? '.next',
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // Types are checked by `npm test`; starting should not wait for them.
  typescript: { ignoreBuildErrors: true },
  // The image API is a known attack surface and nothing here needs it.
  images: { unoptimized: true },
  // The console works from a read-only checkout: no telemetry file, no dev indicators in pictures.
  devIndicators: false,
  serverExternalPackages: [
    'pino',
    'undici',
    'dns-packet',
    '@libsql/client',
    'libsql',
    // Bundled, actions and routes would each have classes of their own, and the SDK's paginators refuse a client of another one.
    '@aws-sdk/client-cloudwatch',
    '@aws-sdk/client-cloudwatch-logs',
    '@aws-sdk/client-ec2',
    '@aws-sdk/client-ecs',
    '@aws-sdk/client-servicediscovery',
    '@aws-sdk/client-sts',
  ],
}

export default config
