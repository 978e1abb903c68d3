import { describe, expect, it } from 'vitest'
import type { FaultKind } from '@/lib/emulator/control/fault'
import { makeFaultSwitchboard } from '@/lib/emulator/control/fault-switchboard'
import { makeFaultyDispatch } from '@/lib/emulator/control/faulty-dispatch'
import { jsonAnswer } from '@/lib/emulator/wire/answer'
import type { ApiRequest } from '@/lib/emulator/wire/dispatch'
import { nameAction } from '@/lib/emulator/wire/name-action'
import { jsonServices, queryServices } from '@/lib/emulator/wire/operations'
import { makeManualClock } from '../../../support/manual-clock'

const request = (changes: Partial<ApiRequest> = {}): ApiRequest => ({
  target: 'AmazonEC2ContainerServiceV20141113.CreateService',
  authorization: `AWS4-HMAC-SHA256 Credential=111122223333/20260101/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=${'a'.repeat(64)}`,
  contentType: 'application/x-amz-json-1.1',
  body: '{}',
  requestId: 'r-1',
  ...changes,
})

const setUp = (operation: string, kind?: FaultKind) => {
  const clock = makeManualClock()
  const faults = makeFaultSwitchboard()
  if (kind) faults.add({ id: 'f', operation, times: 1, skip: 0, ...kind })
  const carriedOut: string[] = []
  const dispatch = makeFaultyDispatch({
    // As slow as a store may be: the answer comes later than the call.
    dispatch: async (given) => {
      await Promise.resolve()
      carriedOut.push(given.target ?? given.body)
      return jsonAnswer({ done: true })
    },
    faults,
    nameAction: (given) => nameAction(given, jsonServices, queryServices),
    clock,
    defaultAccountId: '000000000000',
  })
  return { dispatch, clock, carriedOut }
}

describe('a dispatch with faults around it', () => {
  it('is the dispatch when nothing is to break', async () => {
    const { dispatch, carriedOut } = setUp('*')
    expect(await dispatch(request())).toEqual(jsonAnswer({ done: true }))
    expect(carriedOut).toHaveLength(1)
  })

  it('cuts before the work is done', async () => {
    const { dispatch, carriedOut } = setUp('ecs:CreateService', { kind: 'refuse-before' })
    expect(await dispatch(request())).toBe('cut')
    expect(carriedOut).toEqual([])
  })

  it('cuts only when the work is done, stored included', async () => {
    const { dispatch, carriedOut } = setUp('ecs:CreateService', { kind: 'drop-answer' })
    expect(await dispatch(request())).toBe('cut')
    expect(carriedOut).toHaveLength(1)
  })

  it('waits as long as it was told, and not before that is anything done', async () => {
    const { dispatch, clock, carriedOut } = setUp('ecs:*', { kind: 'delay', ms: 1_000 })
    const answer = dispatch(request())
    clock.advance(999)
    await Promise.resolve()
    expect(carriedOut).toEqual([])
    clock.advance(1)
    expect(await answer).toEqual(jsonAnswer({ done: true }))
  })

  it('names the caller it denies, by the account of the access key', async () => {
    const { dispatch } = setUp('ecs:*', { kind: 'deny' })
    expect(JSON.stringify(await dispatch(request()))).toContain('arn:aws:iam::111122223333:user/local')
    const without = setUp('ecs:*', { kind: 'deny' })
    expect(JSON.stringify(await without.dispatch(request({ authorization: undefined })))).toContain(
      'arn:aws:iam::000000000000:user/local',
    )
  })

  it('spells the message as the service does', async () => {
    const { dispatch } = setUp('*', { kind: 'throttle' })
    const answer = await dispatch(request({ target: 'Route53AutoNaming_v20170314.ListNamespaces' }))
    expect(answer).toMatchObject({
      status: 400,
      body: JSON.stringify({ __type: 'ThrottlingException', Message: 'Rate exceeded' }),
    })
  })

  it('knows operations of services that speak forms', async () => {
    const { dispatch } = setUp('ec2:DescribeVpcs', { kind: 'throttle' })
    const form = request({
      target: undefined,
      contentType: 'application/x-www-form-urlencoded; charset=utf-8',
      body: 'Action=DescribeVpcs&Version=2016-11-15',
    })
    expect(await dispatch(form)).toMatchObject({
      status: 503,
      body: expect.stringContaining('RequestLimitExceeded'),
    })
  })

  it.each([{ target: 'Nobody.Knows' }, { target: undefined, contentType: undefined }])(
    'leaves a request alone that names no service of ours: %j',
    async (changes) => {
      const { dispatch, carriedOut } = setUp('*', { kind: 'refuse-before' })
      expect(await dispatch(request(changes))).toEqual(jsonAnswer({ done: true }))
      expect(carriedOut).toHaveLength(1)
    },
  )
})
