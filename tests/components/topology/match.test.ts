import { describe, expect, it } from 'vitest'
import { matchServices } from '@/components/topology/match'
import { makeRichTopology } from '../../support/topology-fixtures'

const topology = makeRichTopology()
const names = (text: string, states: ('ok' | 'busy' | 'warn' | 'bad' | 'off')[] = []) => {
  const matched = matchServices(topology, { text, states })
  return (
    matched && topology.services.filter((service) => matched.has(service.id)).map((service) => service.name)
  )
}

describe('matchServices', () => {
  it('dims nothing without a filter', () => {
    expect(names('')).toBeNull()
    expect(names('   ')).toBeNull()
  })
  it('finds by name', () => expect(names('front')).toEqual(['frontend-web']))
  it('finds by state', () => expect(names('', ['busy'])).toEqual(['user-service']))
  it('takes words and states together', () => expect(names('media', ['warn'])).toEqual(['image-resizer']))
  it('finds nothing without complaining', () => expect(names('zzz')).toEqual([]))
})
