import { describe, expect, it } from 'vitest'
import { createNamespaceInput } from '@/lib/changes/inputs/create-namespace'
import { namespaceInput } from '../../../support/change-inputs'
import { issuesOf } from '../../../support/issues'

const httpInput = (name: string) => ({ type: 'HTTP', name, description: '', tags: [] })
const publicInput = (name: string) => ({
  type: 'DNS_PUBLIC',
  name,
  soaTtlSeconds: 60,
  description: '',
  tags: [],
})

const issues = (input: unknown) => issuesOf(createNamespaceInput, input)

describe('the name of a private DNS namespace', () => {
  it.each(['production.local', 'local', 'a', 'x_y.z-1', 'A.B', `${'a'.repeat(63)}.local`])(
    'may be %s',
    (name) => expect(issues(namespaceInput({ name }))).toEqual([]),
  )

  it.each([
    ['', 'Give the namespace a name.'],
    ['two words', 'Only letters, digits and signs of ASCII; no spaces.'],
    ['münchen.local', 'Only letters, digits and signs of ASCII; no spaces.'],
    ['arn:aws', 'A name cannot start with arn:.'],
    ['.local', 'A dot stands between two parts: none at the start or end, and no two in a row.'],
    ['a..b', 'A dot stands between two parts: none at the start or end, and no two in a row.'],
    ['local.', 'A dot stands between two parts: none at the start or end, and no two in a row.'],
    [`${'a'.repeat(64)}.local`, 'Each part between dots has at most 63 characters.'],
    ['a$b.local', 'A DNS name holds letters, digits, hyphens and underscores, parted by dots.'],
    ['<img>.local', 'A DNS name holds letters, digits, hyphens and underscores, parted by dots.'],
    [`${'abcdefg.'.repeat(31)}toolong`, 'The name has at most 253 characters.'],
  ])('may not be %j', (name, message) => {
    expect(issues(namespaceInput({ name }))).toContain(`name: ${message}`)
  })
})

describe('the name of a public DNS namespace', () => {
  it.each(['example.com', 'a.b.c'])('may be %s', (name) => expect(issues(publicInput(name))).toEqual([]))

  it.each([
    ['localhost', 'A public name has at least one dot, as in example.com.'],
    ['a_b.com', 'A public DNS name holds letters, digits and hyphens, parted by dots.'],
    ['-a.com', 'No part may start or end with a hyphen.'],
  ])('may not be %j', (name, message) => {
    expect(issues(publicInput(name))).toContain(`name: ${message}`)
  })
})

describe('the name of an HTTP namespace', () => {
  it.each(['apps', 'a/b', 'x!y', 'a'.repeat(1024)])(
    'may be any ASCII without spaces, such as %.20s',
    (name) => expect(issues(httpInput(name))).toEqual([]),
  )

  it.each([
    ['a b', 'Only letters, digits and signs of ASCII; no spaces.'],
    ['a'.repeat(1025), 'The name has at most 1,024 characters.'],
    ['\u202Eapps', 'Only letters, digits and signs of ASCII; no spaces.'],
  ])('may not be %.20j', (name, message) => {
    expect(issues(httpInput(name))).toContain(`name: ${message}`)
  })
})

describe('what else a namespace has', () => {
  it.each([
    [{ vpcId: '' }, 'vpcId: Choose the VPC whose tasks shall resolve these names.'],
    [{ vpcId: '10.0.0.0/8' }, 'vpcId: This is no VPC id.'],
    [{ soaTtlSeconds: -1 }, 'soaTtlSeconds: The TTL is a whole number from 0 to 2,147,483,647.'],
    [{ soaTtlSeconds: 2_147_483_648 }, 'soaTtlSeconds: The TTL is a whole number from 0 to 2,147,483,647.'],
    [{ soaTtlSeconds: 1.5 }, 'soaTtlSeconds: The TTL is a whole number from 0 to 2,147,483,647.'],
    [{ soaTtlSeconds: Number.NaN }, 'soaTtlSeconds: The TTL is a whole number from 0 to 2,147,483,647.'],
    [{ description: 'x'.repeat(1025) }, 'description: A description has at most 1,024 characters.'],
  ])('is told at its field: %o', (more, message) => {
    expect(issues(namespaceInput(more))).toEqual([message])
  })

  it('may be the extremes', () => {
    expect(issues(namespaceInput({ soaTtlSeconds: 0 }))).toEqual([])
    expect(issues(namespaceInput({ soaTtlSeconds: 2_147_483_647 }))).toEqual([])
    expect(issues(namespaceInput({ description: '“quotes” $(x)\n\u2028 <b>' }))).toEqual([])
  })

  it('is not taken over from another type', () => {
    const parsed = createNamespaceInput.parse({ ...namespaceInput(), type: 'HTTP' })
    expect(Object.keys(parsed)).not.toContain('vpcId')
  })
})
