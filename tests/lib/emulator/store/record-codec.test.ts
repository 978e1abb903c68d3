import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { layouts } from '@/lib/emulator/store/layout'
import { decodeRecord, makeRecordEncoder } from '@/lib/emulator/store/record-codec'

const plain = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())))

describe('the row of a record', () => {
  test.prop([plain, plain, fc.boolean()])(
    'holds every member but those that other rows make',
    (record, settings, hasSettings) => {
      const layout = { collections: { services: {} }, derived: ['tasks'], frozen: ['settings'] }
      const whole = {
        ...record,
        ...(hasSettings && { settings }),
        services: new Map([['a', 1]]),
        tasks: new Map([['b', 2]]),
      }
      const text = makeRecordEncoder()(whole, layout)
      expect(decodeRecord(text, layout)).toEqual({ ...whole, services: new Map(), tasks: new Map() })
    },
  )

  it('carries fields that nobody told it of', () => {
    const layout = layouts.ecs.clusters ?? {}
    const cluster = { name: 'a', invented: { deep: [new Map([['k', new Set([1])]])] }, services: new Map() }
    expect(decodeRecord(makeRecordEncoder()(cluster, layout), layout)).toEqual({
      ...cluster,
      tasks: new Map(),
      live: new Map(),
    })
  })

  it('encodes a frozen member once, and anew when it is exchanged', () => {
    const encode = makeRecordEncoder()
    const layout = { frozen: ['input'] }
    let looks = 0
    const input = {
      get image() {
        looks += 1
        return 'nginx'
      },
    }
    expect(encode({ input, status: 'ACTIVE' }, layout)).toBe(encode({ input, status: 'ACTIVE' }, layout))
    expect(looks).toBe(1)
    expect(decodeRecord(encode({ input: { image: 'redis' } }, layout), layout)).toEqual({
      input: { image: 'redis' },
    })
  })

  it('leaves out what cancels a waiting health status, and keeps the status', () => {
    const layout = layouts.cloudMap.services?.collections?.instances ?? {}
    const text = makeRecordEncoder()(
      { id: 'i', health: 'HEALTHY', pendingHealth: { status: 'UNHEALTHY', cancel: () => undefined } },
      layout,
    )
    expect(decodeRecord(text, layout)).toEqual({
      id: 'i',
      health: 'HEALTHY',
      pendingHealth: { status: 'UNHEALTHY' },
    })
  })
})
