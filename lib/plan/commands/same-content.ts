const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The member of a list item that names it; AWS keeps such lists in no order that it promises. */
const keyOf = (item: unknown): string | null => {
  if (!isObject(item)) return null
  const { name, key, containerName, containerPort } = item
  const key_ = name ?? key ?? containerName ?? containerPort
  return typeof key_ === 'string' || typeof key_ === 'number' ? String(key_) : null
}

function listWithin(wanted: readonly unknown[], is: readonly unknown[]): boolean {
  if (wanted.length !== is.length) return false
  return wanted.every((item, index) => {
    const key = keyOf(item)
    const twin = key === null ? undefined : is.find((one) => keyOf(one) === key)
    return isWithin(item, twin ?? is[index]) || is.some((one) => isWithin(item, one))
  })
}

/**
 * Whether everything that was asked for is in what AWS shows, which may hold more (defaults, times). Numbers and texts of the same value
 * are the same: ECS answers `cpu` as a text.
 */
export function isWithin(wanted: unknown, is: unknown): boolean {
  if (wanted === undefined || wanted === null) return true
  if (Array.isArray(wanted)) return Array.isArray(is) ? listWithin(wanted, is) : wanted.length === 0
  if (isObject(wanted))
    return isObject(is)
      ? Object.entries(wanted).every(([key, value]) => isWithin(value, is[key]))
      : Object.keys(wanted).length === 0
  return String(wanted) === String(is)
}
