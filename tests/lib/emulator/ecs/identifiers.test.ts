import { describe, expect, it } from 'vitest'
import { isName, readIdentifier, readTaskDefinitionReference } from '@/lib/emulator/ecs/identifiers'
import { testScope as scope } from '../../../support/test-context'

const arn = (resource: string, region = 'us-east-1', account = '111122223333') =>
  `arn:aws:ecs:${region}:${account}:${resource}`

describe('a name', () => {
  it.each(['a', 'Web-1_x', 'x'.repeat(255)])('may be %s', (name) => {
    expect(isName(name)).toBe(true)
  })
  it.each(['', 'x'.repeat(256), 'a b', 'a/b', 'a.b', 'ä', 'a\n'])('may not be %j', (name) => {
    expect(isName(name)).toBe(false)
  })
})

describe('what a request names', () => {
  it.each([
    ['web', 'service', { name: 'web', here: true }],
    [arn('cluster/prod'), 'cluster', { name: 'prod', here: true }],
    [arn('service/prod/web'), 'service', { name: 'web', cluster: 'prod', here: true }],
    [arn('service/web'), 'service', { name: 'web', here: true }],
    [arn('task/prod/0123'), 'task', { name: '0123', cluster: 'prod', here: true }],
    ['prod/web', 'service', { name: 'web', cluster: 'prod', here: true }],
    [arn('cluster/prod', 'eu-west-1'), 'cluster', { name: 'prod', here: false }],
    [arn('cluster/prod', 'us-east-1', '999999999999'), 'cluster', { name: 'prod', here: false }],
  ] as const)('%s as a %s', (text, type, expected) => {
    expect(readIdentifier(text, type, scope)).toEqual(expected)
  })

  it.each([
    [arn('service/prod/web'), 'cluster'],
    [arn('cluster/prod'), 'task'],
    ['arn:aws:s3:::bucket', 'cluster'],
    ['arn:', 'cluster'],
    [arn('cluster'), 'cluster'],
    [arn('task/a/b/c'), 'task'],
  ] as const)('%s is no %s', (text, type) => {
    expect(() => readIdentifier(text, type, scope)).toThrow(/Invalid identifier/)
  })
})

describe('a task definition reference', () => {
  it.each([
    ['web', { family: 'web', here: true }],
    ['web:3', { family: 'web', revision: 3, here: true }],
    [arn('task-definition/web:12'), { family: 'web', revision: 12, here: true }],
    [arn('task-definition/web:12', 'eu-west-1'), { family: 'web', revision: 12, here: false }],
  ])('%s', (text, expected) => {
    expect(readTaskDefinitionReference(text, scope)).toEqual(expected)
  })

  it.each(['', 'web:', 'web:x', 'web:1:2', 'we b', ':1', 'web:-1'])('may not be %j', (text) => {
    expect(readTaskDefinitionReference(text, scope)).toBeUndefined()
  })
})
