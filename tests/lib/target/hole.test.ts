import { describe, expect, it } from 'vitest'
import { holeFromError } from '@/lib/target/hole'

const asked = { operation: 'ecs:ListTasks', subject: 'cluster default' }
const aws = { kind: 'aws' as const, endpointUrl: null, profile: 'team' }
const localstack = { kind: 'endpoint' as const, endpointUrl: 'http://localhost:4566', profile: null }

const failure = (name: string, message = 'text', more: object = {}) =>
  Object.assign(new Error(message), { name }, more)
const hole = (error: unknown, where: Parameters<typeof holeFromError>[2] = aws) =>
  holeFromError(error, asked, where, 5)
const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } })

describe('an error as a hole', () => {
  it.each([
    [failure('AccessDeniedException', 'not authorized', status(400)), 'denied'],
    [failure('AccessDenied', 'no', status(403)), 'denied'],
    [failure('UnauthorizedOperation', 'no', status(403)), 'denied'],
    [failure('SomethingNew', 'no', status(403)), 'denied'],
    [failure('ThrottlingException', 'Rate exceeded', status(400)), 'throttled'],
    [failure('RequestLimitExceeded', 'Rate exceeded', status(503)), 'throttled'],
    [failure('Whatever', 'slow down', status(429)), 'throttled'],
    [failure('ExpiredTokenException', 'expired', status(400)), 'expired'],
    [failure('UnrecognizedClientException', 'invalid', status(400)), 'expired'],
    [failure('InvalidSignatureException', 'signature', status(400)), 'expired'],
    [failure('CredentialsProviderError', 'Could not load credentials from any providers'), 'expired'],
    [
      failure('TokenProviderError', 'Token is expired. To refresh this SSO session run aws sso login'),
      'expired',
    ],
    [failure('UnknownOperationException', 'UnknownError', status(400)), 'unsupported'],
    [failure('NotImplemented', 'x', status(501)), 'unsupported'],
    [
      failure(
        'InternalFailure',
        'API action DiscoverInstances for service servicediscovery not yet implemented',
        status(501),
      ),
      'unsupported',
    ],
    [failure('Error', 'The discover_instances action has not been implemented', status(500)), 'unsupported'],
    [failure('UnknownError', '404 page not found', status(404)), 'unsupported'],
    [failure('Error', 'connect', { code: 'ECONNREFUSED' }), 'unreachable'],
    [failure('Error', 'lookup', { code: 'ENOTFOUND' }), 'unreachable'],
    [failure('TimeoutError', 'connect timed out'), 'unreachable'],
    [failure('Error', 'x', { cause: { code: 'ECONNRESET' } }), 'unreachable'],
    [failure('SyntaxError', 'Unexpected token < in JSON'), 'failed'],
    [failure('ServerException', 'internal', status(500)), 'failed'],
    [failure('ClusterNotFoundException', 'Cluster not found.', status(404)), 'failed'],
    [failure('WrongTarget', 'would go elsewhere'), 'failed'],
    ['a text', 'failed'],
    [null, 'failed'],
    [undefined, 'failed'],
    [{}, 'failed'],
  ])('%s is %s', (error, kind) => {
    expect(hole(error)).toMatchObject({
      kind,
      operation: 'ecs:ListTasks',
      subject: 'cluster default',
      sinceMs: 5,
    })
    expect(hole(error).remedy).toMatch(/\.$|`$/)
    expect(hole(error).message).not.toBe('')
  })

  it('says which IAM action to allow', () => {
    expect(hole(failure('AccessDeniedException')).remedy).toContain('Allow ecs:ListTasks')
  })

  it('says how to log in again, with the profile', () => {
    expect(hole(failure('ExpiredTokenException')).remedy).toContain('aws sso login --profile team')
    const quoted = holeFromError(failure('ExpiredToken'), asked, { ...aws, profile: "x'; rm -rf ~" }, 0)
    expect(quoted.remedy).toContain(`--profile 'x'\\''; rm -rf ~'`)
  })

  it('says what to name when no credentials are found', () => {
    const none = failure('CredentialsProviderError', 'Could not load credentials from any providers')
    expect(holeFromError(none, asked, { ...aws, profile: null }, 0).remedy).toContain('--profile')
    expect(hole(none).remedy).toContain('aws configure list-profiles')
  })

  it('says that something else answers there', () => {
    const told = hole(failure('SyntaxError', 'Unexpected token <'), localstack)
    expect(told).toMatchObject({
      errorName: 'NotAwsJson',
      message: 'The endpoint does not speak AWS JSON (http://localhost:4566).',
    })
    expect(told.remedy).toContain('http://localhost:4566')
  })

  it('names the endpoint that does not answer', () => {
    expect(hole(failure('Error', 'x', { code: 'ECONNREFUSED' }), localstack)).toMatchObject({
      errorName: 'ECONNREFUSED',
      message: 'No answer from http://localhost:4566 (ECONNREFUSED).',
    })
  })

  it('asks for a region when none is configured', () => {
    expect(hole(failure('Error', 'Region is missing')).remedy).toContain('--region')
  })

  it('tells how to mean another endpoint when the guard refused', () => {
    expect(hole(failure('WrongTarget', 'would go to http://x')).remedy).toContain('--endpoint-url')
  })

  it('keeps messages short', () => {
    expect(hole(failure('ServerException', 'x'.repeat(10_000))).message).toHaveLength(500)
  })
})
