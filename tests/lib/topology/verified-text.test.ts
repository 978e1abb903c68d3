import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { TargetIdentity } from '@/lib/inventory/model'
import { MOST_VERIFIED, type VerifiedCall } from '@/lib/topology/verified'
import { readVerified, verifiedKeyOf, writeVerified } from '@/lib/topology/verified-text'

const nowMs = 10_000_000
const call: VerifiedCall = {
  source: 'service/default/web',
  target: 'service/default/api',
  instanceId: 'instance/a',
  atMs: nowMs - 1_000,
  latencyMs: 3,
}
const target: TargetIdentity = {
  kind: 'local',
  region: 'us-east-1',
  accountId: '000000000000',
  endpointUrl: 'http://127.0.0.1:4680',
  profile: null,
  readOnly: false,
  localRuntime: 'process',
}
const kept = (value: unknown) => readVerified(JSON.stringify(value), nowMs)

describe('verified calls as text', () => {
  it('come back as they were written', () => {
    const nobody = { ...call, target: 'service/default/other', instanceId: null }
    expect(readVerified(writeVerified([call, nobody]), nowMs)).toEqual([call, nobody])
  })
  it('are none where nothing was written', () => expect(readVerified(null, nowMs)).toEqual([]))
  it('are only those that still count', () => {
    const old = { ...call, target: 'service/default/old', atMs: nowMs - 3_600_000 }
    expect(kept([old, call])).toEqual([call])
  })
  it.each([
    ['no JSON', '['],
    ['no list', '{"source":"a"}'],
    ['too long', `[${' '.repeat(1_000_000)}]`],
  ])('are none when the text is %s', (_what, text) => expect(readVerified(text, nowMs)).toEqual([]))
  it.each([
    ['null', null],
    ['a number', 1],
    ['a list', [call]],
    ['without a caller', { ...call, source: undefined }],
    ['with an empty callee', { ...call, target: '' }],
    ['with an endless id', { ...call, target: 'x'.repeat(3_000) }],
    ['with an instance that is none', { ...call, instanceId: 7 }],
    ['without a time', { ...call, atMs: '1' }],
    ['with a negative latency', { ...call, latencyMs: -1 }],
  ])('leave out what is %s, and keep the rest', (_what, other) => expect(kept([other, call])).toEqual([call]))
  it('carry nothing over that was put beside a call', () =>
    expect(kept([{ ...call, html: '<b>' }])).toEqual([call]))
  it('are one per line, and no more than fit', () => {
    const many = Array.from({ length: MOST_VERIFIED + 5 }, (_, at) => ({ ...call, source: `service/${at}` }))
    expect(kept([call, { ...call, latencyMs: 9 }])).toEqual([{ ...call, latencyMs: 9 }])
    expect(kept(many)).toHaveLength(MOST_VERIFIED)
  })
  test.prop([fc.json()])('are read from any JSON without an error', (text) => {
    expect(readVerified(text, nowMs)).toEqual([])
  })
})

describe('where they are kept', () => {
  it.each([
    ['region', { region: 'eu-west-1' }],
    ['account', { accountId: '111111111111' }],
    ['endpoint', { endpointUrl: null }],
    ['profile', { profile: 'prod' }],
    ['kind', { kind: 'aws' }],
  ] as const)('is another place for another %s', (_what, other) =>
    expect(verifiedKeyOf({ ...target, ...other })).not.toBe(verifiedKeyOf(target)),
  )
  it('is the same place, whatever may be changed there', () =>
    expect(verifiedKeyOf({ ...target, readOnly: true, localRuntime: null })).toBe(verifiedKeyOf(target)))
})
