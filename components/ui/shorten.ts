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

/** A task id as every screen names it: `7aeb908d`. A hand-made id that is hardly longer stays whole. */
export function shortTask(taskId: string): string {
  return taskId.length <= 12 ? taskId : taskId.slice(0, 8)
}

/**
 * Shortens an ARN so that its last name stays, with as much of its head as fits:
 * `arn:aws:ecs:us-east-1:…/backend-api-service`, then `arn:aws:ecs:…/…`, then `…/…`. Other text is shortened in the middle.
 */
export function shortenArn(arn: string, length = 40): string {
  if (arn.length <= length || !arn.startsWith('arn:')) return shortenMiddle(arn, length)
  const name = arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1)
  const parts = arn.split(':')
  const heads = [parts.slice(0, 4).join(':'), parts.slice(0, 3).join(':'), null]
  const short = heads.map((head) => (head === null ? `…/${name}` : `${head}:…/${name}`))
  return short.find((text) => text.length <= length) ?? shortenMiddle(arn, length)
}
