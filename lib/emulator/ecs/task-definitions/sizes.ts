const gib = 1024

const steps = (fromGib: number, toGib: number, stepGib: number): number[] => {
  const sizes = []
  for (let size = fromGib; size <= toGib; size += stepGib) sizes.push(size * gib)
  return sizes
}

/** Fargate: memory sizes (MiB) by CPU units (ECS developer guide, "Task CPU and memory"). */
const fargateSizes: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, ...steps(1, 2, 1)]],
  [512, steps(1, 4, 1)],
  [1024, steps(2, 8, 1)],
  [2048, steps(4, 16, 1)],
  [4096, steps(8, 30, 1)],
  [8192, steps(16, 60, 4)],
  [16384, steps(32, 120, 8)],
])

/** Whether Fargate runs tasks of this many CPU units and MiB. */
export const isFargateSize = (cpuUnits: number, memoryMib: number): boolean =>
  fargateSizes.get(cpuUnits)?.includes(memoryMib) ?? false

/** CPU units from `256`, `.25 vCPU` or `1 vCPU`; undefined for anything else. */
export function readCpuUnits(text: string): number | undefined {
  const found = /^\s*(\d*\.?\d+)\s*(vcpu)?\s*$/i.exec(text)
  if (!found?.[1]) return undefined
  const units = found[2] ? Number(found[1]) * 1024 : Number(found[1])
  return Number.isInteger(units) && units > 0 ? units : undefined
}

/** MiB from `512`, `0.5 GB` or `1 GB`; undefined for anything else. */
export function readMemoryMib(text: string): number | undefined {
  const found = /^\s*(\d*\.?\d+)\s*(gb)?\s*$/i.exec(text)
  if (!found?.[1]) return undefined
  const mib = found[2] ? Number(found[1]) * gib : Number(found[1])
  return Number.isInteger(mib) && mib > 0 ? mib : undefined
}
