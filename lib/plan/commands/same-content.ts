const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Lists whose order says something: the words of a command, servers and domains that are tried one after the other, strategies that are
 * applied so (ECS API reference, ContainerDefinition, HealthCheck, PlacementStrategy). All others AWS keeps in no order that it promises.
 */
const ordered: ReadonlySet<string> = new Set([
  'command',
  'entryPoint',
  'dnsServers',
  'dnsSearchDomains',
  'placementStrategy',
])

/** Each item has a twin of its own, preferably in its own place. */
function listWithin(wanted: readonly unknown[], is: readonly unknown[]): boolean {
  if (wanted.length !== is.length) return false
  const left = new Set(is.keys())
  return wanted.every((item, at) => {
    const twin = [at, ...left].find((place) => left.has(place) && isWithin(item, is[place]))
    return twin !== undefined && left.delete(twin)
  })
}

const memberWithin = (key: string, wanted: unknown, is: unknown): boolean =>
  ordered.has(key) && Array.isArray(wanted) && Array.isArray(is)
    ? wanted.length === is.length && wanted.every((item, at) => isWithin(item, is[at]))
    : isWithin(wanted, is)

/**
 * Whether everything that was asked for is in what AWS shows, which may hold more (defaults, times). Numbers and texts of the same value
 * are the same: ECS answers `cpu` as a text. Lists are the same in another order, but for those whose order says something (`command`).
 */
export function isWithin(wanted: unknown, is: unknown): boolean {
  if (wanted === undefined || wanted === null) return true
  if (Array.isArray(wanted)) return Array.isArray(is) ? listWithin(wanted, is) : wanted.length === 0
  if (isObject(wanted))
    return isObject(is)
      ? Object.entries(wanted).every(([key, value]) => memberWithin(key, value, is[key]))
      : Object.keys(wanted).length === 0
  return String(wanted) === String(is)
}
