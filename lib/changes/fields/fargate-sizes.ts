const GIB = 1_024

const steps = (fromGib: number, toGib: number, stepGib: number): number[] => {
  const sizes: number[] = []
  for (let size = fromGib; size <= toGib; size += stepGib) sizes.push(size * GIB)
  return sizes
}

/** A size of Fargate: CPU units with the memory (MiB) that goes with them. */
export type FargateSize = { readonly cpu: number; readonly memoryMib: readonly number[] }

/** The only pairs that Fargate runs (ECS developer guide, "Task CPU and memory"). */
export const fargateSizes: readonly FargateSize[] = [
  { cpu: 256, memoryMib: [512, ...steps(1, 2, 1)] },
  { cpu: 512, memoryMib: steps(1, 4, 1) },
  { cpu: 1_024, memoryMib: steps(2, 8, 1) },
  { cpu: 2_048, memoryMib: steps(4, 16, 1) },
  { cpu: 4_096, memoryMib: steps(8, 30, 1) },
  { cpu: 8_192, memoryMib: steps(16, 60, 4) },
  { cpu: 16_384, memoryMib: steps(32, 120, 8) },
]

/** Memory sizes in MiB that go with these CPU units; empty when Fargate has no such CPU. */
export const memoryFor = (cpu: number): readonly number[] =>
  fargateSizes.find((size) => size.cpu === cpu)?.memoryMib ?? []

/** `0.5 GB`, `30 GB` */
export const memoryLabel = (memoryMib: number): string => `${memoryMib / GIB} GB`

/** `0.25 vCPU` */
export const cpuLabel = (cpu: number): string => `${cpu / GIB} vCPU`
