import { describe, expect, it } from 'vitest'
import { mapUrlOf } from '@/components/shell/last-map-url'
import { mapUrlFor } from '@/components/shell/map-commands'

describe('commands of the map on another page', () => {
  it('lead to the map as it was left, with what was asked for', () => {
    expect(mapUrlFor({ kind: 'go', id: 'service/default/web' }, '/?group=flat&view=table&instance=i')).toBe(
      '/?group=flat&selected=service%2Fdefault%2Fweb',
    )
  })

  it('name the instance that was meant', () => {
    expect(mapUrlFor({ kind: 'go', id: 'a', instance: 'instance/1' }, '/')).toBe(
      '/?selected=a&instance=instance%2F1',
    )
  })

  it('call what was selected last', () => {
    expect(mapUrlFor({ kind: 'call' }, '/?selected=a')).toBe('/?selected=a&call=a')
    expect(mapUrlFor({ kind: 'call' }, '/')).toBe('/?call=')
    expect(mapUrlFor({ kind: 'call', id: 'b' }, '/?group=flat&selected=a&instance=i')).toBe(
      '/?group=flat&selected=b&call=b',
    )
  })

  it('are not taken where the map is not meant', () => {
    for (const kind of ['theme', 'fit', 'tidy', 'toggle-view', 'search'] as const)
      expect(mapUrlFor({ kind }, '/?selected=a')).toBe(null)
    expect(mapUrlFor({ kind: 'close' }, '/?selected=a')).toBe(null)
  })
})

describe('the map as this tab left it', () => {
  it('is a query and nothing else', () => {
    expect(mapUrlOf('?selected=a')).toBe('/?selected=a')
    expect(mapUrlOf(null)).toBe('/')
    expect(mapUrlOf('//evil.example')).toBe('/')
    expect(mapUrlOf('javascript:alert(1)')).toBe('/')
  })
})
