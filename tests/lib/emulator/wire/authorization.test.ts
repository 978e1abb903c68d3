import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ApiError } from '@/lib/emulator/wire/api-error'
import { readScope } from '@/lib/emulator/wire/authorization'
import { codeOf, errorOf } from '../../../support/api-errors'

const signature = 'a'.repeat(64)
const header = (accessKey: string, region = 'eu-central-1') =>
  `AWS4-HMAC-SHA256 Credential=${accessKey}/20260101/${region}/ecs/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`

describe('account and region of a request', () => {
  it('come from the access key of 12 digits and the credential scope', () => {
    expect(readScope(header('111122223333'), '000000000000')).toEqual({
      accountId: '111122223333',
      region: 'eu-central-1',
    })
  })

  it.each(['AKIAIOSFODNN7EXAMPLE', '11112222333', '1111222233334', 'test'])(
    'are the default account for the access key %s',
    (accessKey) => {
      expect(readScope(header(accessKey), '000000000000').accountId).toBe('000000000000')
    },
  )

  it('do not depend on spaces after the commas', () => {
    expect(readScope(header('111122223333').replaceAll(', ', ','), '0').accountId).toBe('111122223333')
  })

  it('are refused without a header, and the message says what to send', () => {
    const error = errorOf(() => readScope(undefined, '0'))
    expect(error.code).toBe('MissingAuthenticationTokenException')
    expect(error.message).toContain('000000000000')
    expect(codeOf(() => readScope('', '0'))).toBe('MissingAuthenticationTokenException')
  })

  it.each([
    'Bearer abc',
    'AWS4-HMAC-SHA256',
    'AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=x',
    `AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/ecs/aws4_request, Signature=${signature}`,
    'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/ecs/aws4_request, SignedHeaders=host',
    `AWS4-HMAC-SHA256 Credential=a/20260101/US EAST/ecs/aws4_request, SignedHeaders=host, Signature=${signature}`,
    `AWS4-HMAC-SHA256 Credential=a/20260101/${'x'.repeat(33)}/ecs/aws4_request, SignedHeaders=host, Signature=${signature}`,
    `AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/ecs/aws4_request, SignedHeaders=, Signature=`,
  ])('are refused for a malformed header: %s', (text) => {
    expect(codeOf(() => readScope(text, '0'))).toBe('IncompleteSignatureException')
  })

  it('are found or refused, whatever the header', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `AWS4-HMAC-SHA256 Credential=${text}`),
        ),
        (text) => {
          try {
            expect(readScope(text, '0').region).toMatch(/^[a-z0-9-]+$/)
          } catch (error) {
            expect(error).toBeInstanceOf(ApiError)
          }
        },
      ),
    )
  })
})
