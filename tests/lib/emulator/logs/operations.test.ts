import { beforeEach, describe, expect, it } from 'vitest'
import { describeLogGroups, describeLogStreams } from '@/lib/emulator/logs/describe'
import { filterLogEvents } from '@/lib/emulator/logs/filter-log-events'
import { compileFilterPattern } from '@/lib/emulator/logs/filter-pattern'
import { getLogEvents } from '@/lib/emulator/logs/get-log-events'
import { codeOf, errorOf } from '../../../support/api-errors'
import { makeTestContext, type TestContext, testScope } from '../../../support/test-context'

let context: TestContext
beforeEach(() => {
  context = makeTestContext()
})
const write = (stream: string, ...events: [number, string][]) =>
  context.logs.append(
    testScope,
    '/ecs/web',
    stream,
    events.map(([atMs, message]) => ({ atMs, message })),
  )
const get = (input: object = {}) =>
  getLogEvents(context, { logGroupName: '/ecs/web', logStreamName: 'app/1', ...input })
const messages = (answer: { events?: { message?: string | undefined }[] | undefined }) =>
  answer.events?.map(({ message }) => message)

describe('GetLogEvents', () => {
  beforeEach(() => write('app/1', ...[1, 2, 3, 4, 5].map((n): [number, string] => [n * 10, `m${n}`])))

  it('gives the newest first page, or the oldest from the head, oldest line first', () => {
    expect(messages(get({ limit: 2 }))).toEqual(['m4', 'm5'])
    expect(messages(get({ limit: 2, startFromHead: true }))).toEqual(['m1', 'm2'])
    expect(get({ limit: 1 }).events?.[0]).toMatchObject({ timestamp: 50, message: 'm5' })
  })

  it('follows forward to the end, which the same token tells, and on when more is written', () => {
    const first = get({ limit: 3, startFromHead: true })
    const second = get({ limit: 3, nextToken: first.nextForwardToken })
    expect(messages(second)).toEqual(['m4', 'm5'])
    const end = get({ nextToken: second.nextForwardToken })
    expect(messages(end)).toEqual([])
    expect(end.nextForwardToken).toBe(second.nextForwardToken)
    write('app/1', [60, 'm6'])
    expect(messages(get({ nextToken: end.nextForwardToken }))).toEqual(['m6'])
  })

  it('goes backward to the beginning, which the same token tells', () => {
    const last = get({ limit: 3 })
    const before = get({ limit: 3, nextToken: last.nextBackwardToken })
    expect(messages(before)).toEqual(['m1', 'm2'])
    const start = get({ nextToken: before.nextBackwardToken })
    expect(messages(start)).toEqual([])
    expect(start.nextBackwardToken).toBe(before.nextBackwardToken)
  })

  it('includes startTime and excludes endTime', () => {
    expect(messages(get({ startTime: 20, endTime: 40 }))).toEqual(['m2', 'm3'])
  })

  it('goes on behind lines that were dropped meanwhile', () => {
    const { nextForwardToken } = get({ limit: 1, startFromHead: true })
    write(
      'app/1',
      ...Array.from({ length: 30 }, (_, index): [number, string] => [100 + index, 'x'.repeat(60_000)]),
    )
    const after = get({ nextToken: nextForwardToken })
    expect(after.events?.length).toBeGreaterThan(5)
    expect(messages(after)).not.toContain('m2')
  })

  it('takes the group by ARN', () => {
    const arn = 'arn:aws:logs:us-east-1:111122223333:log-group:/ecs/web:*'
    expect(messages(get({ logGroupName: undefined, logGroupIdentifier: arn }))).toHaveLength(5)
  })

  it.each([
    [{ logStreamName: 'app/2' }, 'ResourceNotFoundException'],
    [{ logGroupName: '/nope' }, 'ResourceNotFoundException'],
    [{ nextToken: 'nonsense' }, 'InvalidParameterException'],
    [{ limit: 0 }, 'InvalidParameterException'],
    [{ limit: 10_001 }, 'InvalidParameterException'],
    [{ logGroupIdentifier: '/ecs/web' }, 'InvalidParameterException'],
    [{ logGroupName: undefined }, 'InvalidParameterException'],
  ])('refuses %j as %s', (input, code) => {
    expect(codeOf(() => get(input))).toBe(code)
  })
})

describe('FilterLogEvents', () => {
  const filter = (input: object = {}) => filterLogEvents(context, { logGroupName: '/ecs/web', ...input })
  beforeEach(() => {
    write('app/1', [10, 'GET /a 200'], [30, 'GET /b 500'])
    write('app/2', [20, 'POST /a 200'], [30, 'GET /c 200'])
    write('proxy/1', [25, 'proxy ready'])
  })

  it('merges the streams of a group by time', () => {
    const answer = filter()
    expect(answer.events?.map(({ logStreamName, timestamp }) => [timestamp, logStreamName])).toEqual([
      [10, 'app/1'],
      [20, 'app/2'],
      [25, 'proxy/1'],
      [30, 'app/1'],
      [30, 'app/2'],
    ])
    const ids = answer.events?.map(({ eventId }) => eventId)
    expect(new Set(ids).size).toBe(5)
    expect(ids?.[0]).toMatch(/^\d{56}$/)
  })

  it('narrows by stream names, prefix, time and pattern', () => {
    expect(messages(filter({ logStreamNames: ['proxy/1'] }))).toEqual(['proxy ready'])
    expect(messages(filter({ logStreamNamePrefix: 'app/' }))).toHaveLength(4)
    expect(messages(filter({ startTime: 20, endTime: 30 }))).toEqual(['POST /a 200', 'proxy ready'])
    expect(messages(filter({ filterPattern: 'GET 200' }))).toEqual(['GET /a 200', 'GET /c 200'])
  })

  it('pages without losing or repeating an event', () => {
    const seen: (string | undefined)[] = []
    let nextToken: string | undefined
    do {
      const page = filter({ limit: 2, nextToken })
      seen.push(...(messages(page) ?? []))
      nextToken = page.nextToken
    } while (nextToken)
    expect(seen).toEqual(messages(filter()))
  })

  it.each([
    [{ logStreamNames: ['nope'] }, 'ResourceNotFoundException'],
    [{ logStreamNames: ['app/1'], logStreamNamePrefix: 'app' }, 'InvalidParameterException'],
    [{ logStreamNames: [] }, 'InvalidParameterException'],
    [{ filterPattern: '{ $.level = "error" }' }, 'InvalidParameterException'],
    [{ filterPattern: '[ip, user]' }, 'InvalidParameterException'],
    [{ filterPattern: '%ERR%' }, 'InvalidParameterException'],
    [{ filterPattern: 'x'.repeat(1025) }, 'InvalidParameterException'],
    [{ nextToken: 'nonsense' }, 'InvalidParameterException'],
  ])('refuses %j as %s', (input, code) => {
    expect(codeOf(() => filter(input))).toBe(code)
  })
})

describe('a filter pattern', () => {
  it.each([
    ['', 'anything', true],
    ['a b', 'b then a', true],
    ['a b', 'only a', false],
    ['"a b"', 'say a b', true],
    ['"a b"', 'b a', false],
    ['a -b', 'a', true],
    ['a -b', 'a b', false],
    ['?x ?y', 'has y', true],
    ['?x ?y', 'has z', false],
    ['error', 'ERROR', false],
    ['"say \\"hi\\""', 'say "hi"', true],
  ])('%j on %j is %s', (pattern, message, expected) => {
    expect(compileFilterPattern(pattern)(message)).toBe(expected)
  })
})

describe('describing groups and streams', () => {
  beforeEach(() => {
    write('b', [5, 'x'])
    write('a', [9, 'yy'])
    context.logs.append(testScope, '/ecs/api', 's', [{ atMs: 1, message: 'z' }])
  })

  it('tells both ARNs of a group, by name', () => {
    const { logGroups } = describeLogGroups(context, {})
    expect(logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(['/ecs/api', '/ecs/web'])
    expect(logGroups?.[1]).toMatchObject({
      arn: 'arn:aws:logs:us-east-1:111122223333:log-group:/ecs/web:*',
      logGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:/ecs/web',
      storedBytes: 27 + 28,
    })
  })

  it('filters groups by prefix, pattern or identifier, and pages', () => {
    const names = (input: object) =>
      describeLogGroups(context, input).logGroups?.map((group) => group.logGroupName)
    expect(names({ logGroupNamePrefix: '/ecs/w' })).toEqual(['/ecs/web'])
    expect(names({ logGroupNamePattern: 'API' })).toEqual(['/ecs/api'])
    expect(names({ logGroupIdentifiers: ['/ecs/api'] })).toEqual(['/ecs/api'])
    expect(names({ logGroupClass: 'INFREQUENT_ACCESS' })).toEqual([])
    expect(codeOf(() => names({ logGroupNamePrefix: 'a', logGroupNamePattern: 'b' }))).toBe(
      'InvalidParameterException',
    )
    const first = describeLogGroups(context, { limit: 1 })
    expect(names({ limit: 1, nextToken: first.nextToken })).toEqual(['/ecs/web'])
    expect(describeLogGroups(context, { limit: 1, nextToken: first.nextToken }).nextToken).toBeUndefined()
  })

  it('orders streams by name or by the last event', () => {
    const names = (input: object) =>
      describeLogStreams(context, { logGroupName: '/ecs/web', ...input }).logStreams?.map(
        (stream) => stream.logStreamName,
      )
    expect(names({})).toEqual(['a', 'b'])
    expect(names({ descending: true })).toEqual(['b', 'a'])
    expect(names({ orderBy: 'LastEventTime' })).toEqual(['b', 'a'])
    expect(names({ orderBy: 'LastEventTime', descending: true })).toEqual(['a', 'b'])
    expect(names({ logStreamNamePrefix: 'b' })).toEqual(['b'])
    expect(errorOf(() => names({ orderBy: 'LastEventTime', logStreamNamePrefix: 'b' })).code).toBe(
      'InvalidParameterException',
    )
    expect(codeOf(() => names({ limit: 51 }))).toBe('InvalidParameterException')
    expect(codeOf(() => names({ logGroupName: '/nope' }))).toBe('ResourceNotFoundException')
  })
})
