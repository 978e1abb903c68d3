import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTo, type Bucket, emptyBucket } from '@/lib/emulator/cloudwatch/bucket'
import { statisticOf } from '@/lib/emulator/cloudwatch/statistic'

/** The bounds that proxies use: each a tenth above the one before. */
const boundOf = (value: number) => 1.1 ** Math.ceil(Math.log(Math.max(value, 0.01)) / Math.log(1.1))

function bucketOf(values: readonly number[], withHistogram = true): Bucket {
  const bucket = emptyBucket()
  for (const value of values)
    addTo(bucket, {
      sampleCount: 1,
      sum: value,
      minimum: value,
      maximum: value,
      ...(withHistogram ? { histogram: [[boundOf(value), 1]] } : {}),
    })
  return bucket
}

const tell = (name: string, values: readonly number[]) => statisticOf(name)?.(bucketOf(values))

describe('statistics', () => {
  it.each([
    ['SampleCount', 4],
    ['Sum', 10],
    ['Average', 2.5],
    ['Minimum', 1],
    ['Maximum', 4],
  ])('%s of 1, 2, 3, 4 is %d', (name, expected) => {
    expect(tell(name, [1, 2, 3, 4])).toBe(expected)
  })

  it.each([
    ['p50', 50],
    ['p90', 90],
    ['p99', 99],
    ['p95.5', 95.5],
    ['P10', 10],
  ])('%s of 1 to 100 is about %d', (name, expected) => {
    const told =
      tell(
        name,
        Array.from({ length: 100 }, (_, i) => i + 1),
      ) ?? 0
    expect(Math.abs(told - expected) / expected).toBeLessThan(0.1)
  })

  it.each([
    '',
    'p',
    'p101',
    'p-1',
    'pp50',
    'p50%',
    'average',
    'SUM',
    'tm99',
    'TM(10%:90%)',
    'IQM',
    'constructor',
    '__proto__',
  ])('knows no statistic %j', (name) => {
    expect(statisticOf(name)).toBeUndefined()
  })

  it('cannot tell a percentile of sums, except when all values are the same', () => {
    expect(statisticOf('p50')?.(bucketOf([1, 2], false))).toBeUndefined()
    expect(statisticOf('p50')?.(bucketOf([7, 7], false))).toBe(7)
  })

  it('percentiles grow with the share and stay within a tenth of the true value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 10_000, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 100 }),
        (values, percent) => {
          const told = tell(`p${percent}`, values) ?? Number.NaN
          const lower = tell(`p${percent - 1}`, values) ?? Number.NaN
          expect(told).toBeGreaterThanOrEqual(lower)
          const sorted = values.toSorted((a, b) => a - b)
          const truth = sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN
          expect(told).toBeLessThanOrEqual(truth * 1.11)
          expect(told).toBeGreaterThanOrEqual(truth / 1.11)
        },
      ),
    )
  })
})
