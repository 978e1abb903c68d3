import { describe, expect, it, vi } from 'vitest'
import { makeVerifiedStore } from '@/components/call/verified-store'
import type { VerifiedCall } from '@/lib/topology/verified'

const call: VerifiedCall = { source: 'a', target: 'b', instanceId: null, atMs: 1_000, latencyMs: 3 }

function makeDrawer() {
  const texts = new Map<string, string>()
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => {
      texts.set(key, text)
    },
  }
}
const broken = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError')
}

describe('the calls that were verified', () => {
  it('are known again after a reload', () => {
    const drawer = makeDrawer()
    makeVerifiedStore(
      'here',
      () => drawer,
      () => 2_000,
    ).write(call)
    expect(
      makeVerifiedStore(
        'here',
        () => drawer,
        () => 3_000,
      ).read(),
    ).toEqual([call])
    expect(
      makeVerifiedStore(
        'elsewhere',
        () => drawer,
        () => 3_000,
      ).read(),
    ).toEqual([])
  })
  it('are forgotten when the reload comes an hour later', () => {
    const drawer = makeDrawer()
    makeVerifiedStore(
      'here',
      () => drawer,
      () => 2_000,
    ).write(call)
    expect(
      makeVerifiedStore(
        'here',
        () => drawer,
        () => 3_700_000,
      ).read(),
    ).toEqual([])
  })
  it('stay one object while nothing is added', () => {
    const store = makeVerifiedStore('here', makeDrawer, () => 2_000)
    expect(store.read()).toBe(store.read())
    store.write(call)
    expect(store.read()).toBe(store.read())
  })
  it('tell whoever listens, until it has heard enough', () => {
    const store = makeVerifiedStore('here', makeDrawer, () => 2_000)
    const listener = vi.fn()
    const leave = store.subscribe(listener)
    store.write(call)
    leave()
    store.write({ ...call, latencyMs: 4 })
    expect(listener).toHaveBeenCalledTimes(1)
    expect(store.read()).toEqual([{ ...call, latencyMs: 4 }])
  })
  it('are drawn all the same where the browser keeps nothing', () => {
    const store = makeVerifiedStore('here', broken, () => 2_000)
    expect(store.read()).toEqual([])
    store.write(call)
    expect(store.read()).toEqual([call])
  })
})
