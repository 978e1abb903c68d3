/**
 * Shortens an id, ARN or address in the middle, where it says least: `7f3ac21e…c21e`.
 * The result is never longer than `length` characters (at least 3).
 */
export function shortenMiddle(text: string, length: number): string {
  if (text.length <= length) return text
  const kept = Math.max(2, length - 1)
  const head = Math.ceil(kept / 2)
  return `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`
}

/**
 * Shortens an ARN so that its kind and its last name stay: `arn:aws:ecs:us-east-1:…/backend-api-service`.
 * Text that is not an ARN is shortened in the middle.
 */
export function shortenArn(arn: string, length = 40): string {
  if (arn.length <= length || !arn.startsWith('arn:')) return shortenMiddle(arn, length)
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const head = arn.split(':').slice(0, 4).join(':')
  const short = `${head}:…/${name}`
  return short.length <= length ? short : shortenMiddle(short, length)
}
