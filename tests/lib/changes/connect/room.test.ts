import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PROXY_CPU, PROXY_MEMORY_MIB, roomIn, spareWords } from '@/lib/changes/connect/room'
import { fargateSizes, memoryFor } from '@/lib/changes/fields/fargate-sizes'
import { revision } from '../../../support/connect-world'

const task = (cpu: string | undefined, memory: string | undefined, used: { cpu?: number; memory?: number }) =>
  revision('web', 80, { cpu, memory, containerDefinitions: [{ name: 'web', image: 'web', ...used }] })

describe('the room for a proxy', () => {
  it.each([
    ['512', '1024', { cpu: 256, memory: 512 }, true, null],
    ['512', '1024', { cpu: 257, memory: 512 }, false, { cpu: 1_024, memoryMib: 2_048 }],
    ['512', '1024', { memory: 961 }, false, { cpu: 512, memoryMib: 2_048 }],
    ['256', '512', {}, true, null],
    ['256', '512', { cpu: 1 }, false, { cpu: 512, memoryMib: 1_024 }],
    ['.25 vCPU', '0.5 GB', { cpu: 1 }, false, { cpu: 512, memoryMib: 1_024 }],
    ['16384', '122880', { cpu: 16_384 }, false, null],
  ] as const)('of %s units and %s MiB with %o', (cpu, memory, used, fits, larger) =>
    expect(roomIn(task(cpu, memory, used), 'FARGATE')).toMatchObject({ fits, larger }),
  )

  it('counts a reservation where there is no limit', () =>
    expect(
      roomIn(
        revision('web', 80, {
          containerDefinitions: [{ name: 'a', image: 'a', memoryReservation: 1_000 }],
        }),
        'FARGATE',
      ).spareMemoryMib,
    ).toBe(24))

  it('is short without task memory, and grows freely on machines of EC2', () => {
    const onEc2 = revision('web', 80, {
      cpu: undefined,
      memory: undefined,
      requiresCompatibilities: ['EC2'],
      containerDefinitions: [{ name: 'a', image: 'a', cpu: 100, memory: 300 }],
    })
    expect(roomIn(onEc2, 'EC2')).toMatchObject({
      isShort: true,
      fits: false,
      spareCpu: null,
      larger: { cpu: 356, memoryMib: 364 },
    })
  })

  it('never gives a size that Fargate does not have, nor one that is too small', () => {
    const sizes = fargateSizes.flatMap(({ cpu, memoryMib }) => memoryMib.map((memory) => ({ cpu, memory })))
    fc.assert(
      fc.property(
        fc.constantFrom(...sizes),
        fc.integer({ min: 0, max: 17_000 }),
        fc.integer({ min: 0, max: 130_000 }),
        (size, cpu, memory) => {
          const room = roomIn(task(String(size.cpu), String(size.memory), { cpu, memory }), 'FARGATE')
          const { larger } = room
          if (larger === null) return
          expect(memoryFor(larger.cpu)).toContain(larger.memoryMib)
          expect(larger.cpu - cpu).toBeGreaterThanOrEqual(PROXY_CPU)
          expect(larger.memoryMib - memory).toBeGreaterThanOrEqual(PROXY_MEMORY_MIB)
          expect(larger.cpu).toBeGreaterThanOrEqual(size.cpu)
          expect(larger.memoryMib).toBeGreaterThanOrEqual(size.memory)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is told without numbers below nothing', () =>
    expect(spareWords(roomIn(task('256', '512', { cpu: 400, memory: 700 }), 'FARGATE'))).toBe(
      '0 CPU units and 0 MiB',
    ))
})
