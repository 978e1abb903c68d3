/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // The image API is a known attack surface and nothing here needs it.
  images: { unoptimized: true },
  // The console works from a read-only checkout: no telemetry file, no dev indicators in pictures.
  devIndicators: false,
  serverExternalPackages: ['pino', 'undici', 'dns-packet'],
}

export default config
