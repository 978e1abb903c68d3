import { describe, expect, it } from 'vitest'
import { AnswerLost } from '@/lib/plan/commands/no-resend'
import { failureOf } from '@/lib/plan/failure'

const where = { kind: 'aws' as const, endpointUrl: null, profile: null }
const thrown = (name: string, message = 'It went wrong', more: object = {}) =>
  Object.assign(new Error(message), { name }, more)
const answered = (httpStatusCode: number, more: object = {}) => ({
  $metadata: { httpStatusCode, requestId: 'request-1', ...more },
})
const failure = (error: unknown) => failureOf(error, 'ecs:CreateCluster', where, 5)

describe('whether AWS may have done a call that failed', () => {
  it.each<[string, unknown, boolean, boolean]>([
    ['refused', thrown('ClientException', 'no', answered(400)), false, false],
    ['denied', thrown('AccessDeniedException', 'no', answered(400)), false, false],
    ['throttled', thrown('ThrottlingException', 'slow', answered(400)), false, true],
    ['a fault of AWS', thrown('ServerException', 'x', answered(500)), true, true],
    ['not available', thrown('ServiceUnavailable', 'x', answered(503)), true, true],
    [
      'refused at the second sending',
      thrown('ClientException', 'no', answered(400, { attempts: 2 })),
      true,
      false,
    ],
    [
      'refused at the only sending',
      thrown('ClientException', 'no', answered(400, { attempts: 1 })),
      false,
      false,
    ],
    ['nobody listens', thrown('Error', 'x', { code: 'ECONNREFUSED' }), false, true],
    ['no such host', thrown('Error', 'x', { code: 'ENOTFOUND' }), false, true],
    ['no name service', thrown('Error', 'x', { code: 'EAI_AGAIN' }), false, true],
    ['no way to the host', thrown('Error', 'x', { code: 'EHOSTUNREACH' }), false, true],
    ['cut in the middle', thrown('Error', 'socket hang up', { code: 'ECONNRESET' }), true, true],
    ['cut while sending', thrown('Error', 'x', { code: 'EPIPE' }), true, true],
    ['no answer in time', thrown('TimeoutError', 'timed out'), true, true],
    ['given up', thrown('AbortError', 'aborted'), true, true],
    ['an answer that is not of AWS', thrown('SyntaxError', 'Unexpected token <'), true, false],
    ['without credentials', thrown('CredentialsProviderError', 'Could not load credentials'), false, false],
    [
      'a lost answer of a call that is sent once',
      new AnswerLost(thrown('Error', 'x', { code: 'ECONNRESET' })),
      true,
      true,
    ],
    [
      'nobody listens to a call that is sent once',
      new AnswerLost(thrown('Error', 'x', { code: 'ECONNREFUSED' })),
      false,
      true,
    ],
    [
      'a fault of AWS at a call that is sent once',
      new AnswerLost(thrown('ServerException', 'x', answered(500))),
      true,
      true,
    ],
    ['a text', 'x', false, false],
    ['nothing', undefined, false, false],
  ])('%s', (_what, error, maybeDone, isPassing) => {
    const told = failure(error)
    expect({ maybeDone: told.maybeDone, isPassing: told.isPassing }).toEqual({ maybeDone, isPassing })
    expect(told.error.code).not.toBe('')
    expect(told.error.message).not.toBe('')
    expect(told.error.remedy).not.toBe('')
  })

  it('keeps the request id of AWS', () => {
    expect(failure(thrown('ClientException', 'no', answered(400))).requestId).toBe('request-1')
    expect(failure(new AnswerLost(thrown('ServerException', 'x', answered(500)))).requestId).toBe('request-1')
    expect(failure(thrown('Error', 'x', { code: 'ECONNREFUSED' })).requestId).toBeNull()
  })

  it('says what AWS said and what it means', () => {
    expect(failure(thrown('ClusterNotFoundException', 'Cluster not found.', answered(404))).error).toEqual({
      code: 'ClusterNotFoundException',
      message: 'Cluster not found. The cluster is not in this account and region, or was deleted.',
      remedy: 'Look at the map and choose a cluster that is there.',
    })
  })

  it('names the permission that lacks, and says that it can be retried then', () => {
    const { remedy } = failure(thrown('AccessDeniedException', 'no', answered(400))).error
    expect(remedy).toContain('ecs:CreateCluster')
    expect(remedy).toMatch(/Then retry\.$/)
  })

  it('says that it is looked for when AWS may have done it', () => {
    expect(failure(thrown('TimeoutError', 'timed out')).error.remedy).toBe('AWS is looked at to find out.')
  })
})
