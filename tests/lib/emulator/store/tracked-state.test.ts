import { describe, expect, it } from 'vitest'
import { makeTrackedState } from '@/lib/emulator/store/tracked-state'

const scope = { accountId: '111122223333', region: 'eu-central-1' }

function setUp() {
  let told = 0
  const tracked = makeTrackedState(() => {
    told += 1
  })
  return { tracked, region: tracked.makeRegion(scope), told: () => told }
}

describe('what was touched in the state', () => {
  it('is told by account, region, section and place, once', () => {
    const { tracked, region, told } = setUp()
    region.ecs.tags.set('arn', new Map())
    region.ecs.tags.get('arn')
    region.cloudMap.running.set('SERVICE srv-1', 'op')
    expect(tracked.isTouched).toBe(true)
    expect(tracked.take()).toEqual([
      ['111122223333', 'eu-central-1', 'ecs', 'tags', 'arn'],
      ['111122223333', 'eu-central-1', 'cloudMap', 'running', 'SERVICE srv-1'],
    ])
    expect(tracked.take()).toEqual([])
    expect(tracked.isTouched).toBe(false)
    expect(told()).toBe(1)
  })

  it('is nothing while something only reads', () => {
    const { tracked, region } = setUp()
    region.ecs.tags.set('arn', new Map())
    tracked.take()
    expect(tracked.untracked(() => tracked.untracked(() => region.ecs.tags.get('arn')))).toEqual(new Map())
    expect(() =>
      tracked.untracked(() => {
        throw new Error('x')
      }),
    ).toThrow()
    expect(tracked.isTouched).toBe(false)
    region.ecs.tags.get('arn')
    expect(tracked.isTouched).toBe(true)
  })

  it('can be put back, and is found where it lies', () => {
    const { tracked, region } = setUp()
    const tags = new Map([['a', 'b']])
    region.ecs.tags.set('arn', tags)
    const [path = []] = tracked.take()
    tracked.putBack([path])
    expect(tracked.take()).toEqual([path])
    expect(tracked.find(path)?.record).toBe(tags)
    region.ecs.tags.delete('arn')
    expect(tracked.find(path)).toBeUndefined()
    expect(tracked.mapOf(path)).toBe(region.ecs.tags)
  })

  it.each([
    [['1', 'nowhere', 'ecs', 'tags', 'a']],
    [['111122223333', 'eu-central-1', 'ecs', 'woken', 'a']],
    [['111122223333', 'eu-central-1', 'ecs', 'constructor', 'a']],
    [['111122223333', 'eu-central-1', 'toString', 'tags', 'a']],
    [['111122223333', 'eu-central-1', 'ecs', 'clusters', 'none', 'services', 'a']],
    [['111122223333', 'eu-central-1', 'ecs', '__proto__', 'a']],
  ])('has no place %j', (path) => {
    const { tracked } = setUp()
    expect(tracked.mapOf(path)).toBeUndefined()
    expect(tracked.find(path)).toBeUndefined()
  })

  it('is forgotten with the regions, and no more told when frozen', () => {
    const { tracked, region } = setUp()
    region.ecs.tags.set('arn', new Map())
    tracked.clear()
    expect(tracked.take()).toEqual([])
    expect(tracked.mapOf(['111122223333', 'eu-central-1', 'ecs', 'tags', 'arn'])).toBeUndefined()
    tracked.freeze()
    region.ecs.tags.set('other', new Map())
    expect(tracked.take()).toEqual([])
  })
})
