const MASK = '••••'

/** Lists of name and value whose values may be secret (ECS API reference, ContainerDefinition). */
const secretLists = new Set(['environment', 'resourceRequirements'])
/** Free text and options that people put secrets into. */
const secretMaps = new Set(['dockerLabels', 'options', 'driverOpts', 'labels'])

function maskPairs(value: unknown): unknown {
  if (!Array.isArray(value)) return MASK
  return value.map((pair) =>
    typeof pair === 'object' && pair !== null && 'value' in pair ? { ...pair, value: MASK } : pair,
  )
}

function maskMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return MASK
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key.startsWith('awslogs-') ? item : MASK]),
  )
}

/**
 * An answer of AWS as plain JSON with every environment value hidden, labels and log options too. Names stay, and `secrets` hold only ARNs.
 * Commands stay: they are what runs, and no place for secrets. Dates become ISO texts, `$metadata` goes.
 */
export function maskSecrets(value: unknown): unknown {
  if (value instanceof Date) return Number.isFinite(value.getTime()) ? value.toISOString() : null
  if (Array.isArray(value)) return value.map(maskSecrets)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  const masked: [string, unknown][] = []
  for (const [key, item] of Object.entries(value)) {
    if (key === '$metadata' || item === undefined) continue
    if (secretLists.has(key)) masked.push([key, maskPairs(item)])
    else if (secretMaps.has(key)) masked.push([key, maskMap(item)])
    else masked.push([key, maskSecrets(item)])
  }
  return Object.fromEntries(masked)
}
