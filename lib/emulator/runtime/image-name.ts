/**
 * The last part of an image reference, lower-case, without registry, path, tag and digest:
 * `localhost:5000/team/Backend-API:latest@sha256:…` is `backend-api`.
 */
export function imageBaseName(image: string): string {
  const withoutDigest = image.split('@')[0] ?? ''
  const lastPart = withoutDigest.slice(withoutDigest.lastIndexOf('/') + 1)
  return (lastPart.split(':')[0] ?? '').trim().toLowerCase()
}
