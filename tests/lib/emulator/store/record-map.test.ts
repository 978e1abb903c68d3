import { describe, expect, it } from 'vitest'
import { RecordMap, TouchingSet } from '@/lib/emulator/store/record-map'

const layout = { collections: { services: {} } }

function setUp() {
  const touched: string[] = []
  const map = new RecordMap<{ services: Map<string, object>; size?: number }>(['c'], layout, (path, key) =>
    touched.push([...path, key].join('/')),
  )
  const take = () => touched.splice(0)
  return { map, take }
}

describe('a Map that tells what is touched', () => {
  it('tells of records that are set, fetched and deleted, and of no others', () => {
    const { map, take } = setUp()
    map.set('a', { services: new Map() })
    expect(take()).toEqual(['c/a'])
    map.get('a')
    expect(take()).toEqual(['c/a'])
    map.get('b')
    map.peek('a')
    map.has('a')
    for (const record of map.values()) expect(record).toBeDefined()
    expect(take()).toEqual([])
    expect(map.delete('a')).toBe(true)
    expect(take()).toEqual(['c/a'])
  })

  it('is a Map in everything else', () => {
    const { map } = setUp()
    const record = { services: new Map() }
    expect(map).toBeInstanceOf(Map)
    expect(map.set('a', record)).toBe(map)
    expect(map.get('a')).toBe(record)
    expect([...map.keys()]).toEqual(['a'])
    map.clear()
    expect(map.size).toBe(0)
  })

  it('tells of what lies in a Map inside a record, whenever that was put there', () => {
    const { map, take } = setUp()
    const record = { services: new Map<string, object>([['early', {}]]) }
    map.set('a', record)
    take()
    record.services.set('late', {})
    record.services.get('early')
    expect(take()).toEqual(['c/a/services/late', 'c/a/services/early'])
  })

  it('tells of everything inside a record that goes or is replaced', () => {
    const { map, take } = setUp()
    map.set('a', { services: new Map([['x', {}]]) })
    take()
    map.set('a', { services: new Map() })
    expect(take()).toEqual(['c/a/services/x', 'c/a'])
    map.get('a')?.services.set('y', {})
    take()
    map.clear()
    expect(take()).toEqual(['c/a/services/y', 'c/a'])
  })

  it('does not tell of what lies inside when the same record is set again', () => {
    const { map, take } = setUp()
    const record = { services: new Map([['x', {}]]) }
    map.set('a', record)
    take()
    map.set('a', record)
    expect(take()).toEqual(['c/a'])
  })
})

describe('a Set that tells what is touched', () => {
  it('tells of what is put in and of what is taken out', () => {
    const touched: string[] = []
    const set = new TouchingSet<string>((record) => touched.push(record))
    set.add('a')
    set.has('a')
    set.delete('a')
    expect(touched).toEqual(['a', 'a'])
    expect(set.size).toBe(0)
  })
})
