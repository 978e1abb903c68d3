import { createLoader, createSerializer } from 'nuqs/server'
import { describe, expect, it } from 'vitest'
import { mapUrl } from '@/components/topology/url-state'

const load = createLoader(mapUrl)
const serialize = createSerializer(mapUrl)

describe('the address of the map', () => {
  it('says nothing when nothing is chosen', () =>
    expect(serialize({ group: 'namespace', view: 'map', q: '', states: [] })).toBe(''))
  it('holds what one looks at', () => {
    const state = {
      selected: 'service/default/backend-api-service',
      instance: 'instance/7f3a',
      group: 'cluster' as const,
      view: 'table' as const,
      q: 'api & co',
      states: ['bad' as const, 'warn' as const],
      call: 'service/default/backend-api-service',
    }
    expect(load(serialize(state))).toEqual(state)
  })
  it('can hold a connection', () => {
    const id = 'service/default/a->service/default/b'
    expect(load(serialize({ selected: id })).selected).toBe(id)
  })
  it('reads an address without anything as the plain map', () =>
    expect(load('')).toEqual({
      selected: null,
      instance: null,
      group: 'namespace',
      view: 'map',
      q: '',
      states: [],
      call: null,
    }))
  it.each(['?group=planet&view=globe&states=bad,wicked', '?states=,,&group='])(
    'takes the default for what it does not know: %s',
    (address) => {
      const state = load(address)
      expect(state.group).toBe('namespace')
      expect(state.view).toBe('map')
      expect(state.states.every((one) => one === 'bad')).toBe(true)
    },
  )
})
