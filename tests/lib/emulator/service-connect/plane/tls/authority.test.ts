import { createPrivateKey, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeAuthority } from '@/lib/emulator/service-connect/plane/tls/authority'

const now = Date.UTC(2030, 0, 1)

describe('the local authority', () => {
  it('vouches for a proxy by the endpoint’s name and its address', async () => {
    const authority = await makeAuthority(now)
    const { key, cert } = await authority.issue(['user-svc'], '127.10.0.5')
    const root = new X509Certificate(authority.certificate)
    const leaf = new X509Certificate(cert)
    expect(leaf.verify(root.publicKey)).toBe(true)
    expect(leaf.checkIssued(root)).toBe(true)
    expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true)
    expect(leaf.subjectAltName).toBe('DNS:user-svc, IP Address:127.10.0.5')
    expect([root.ca, leaf.ca]).toEqual([true, false])
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  })

  it('is valid for a month, and was an hour ago, for clocks that differ', async () => {
    const authority = await makeAuthority(now)
    const { cert } = await authority.issue(['a'], '127.0.0.1')
    const leaf = new X509Certificate(cert)
    expect(new Date(leaf.validFrom).getTime()).toBe(now - 3_600_000)
    expect(new Date(leaf.validTo).getTime()).toBe(now + 30 * 24 * 3_600_000)
  })

  it('is another one each time, and gives each proxy a key of its own', async () => {
    const [one, other] = await Promise.all([makeAuthority(now), makeAuthority(now)])
    const identities = await Promise.all([one.issue(['a'], '127.0.0.1'), one.issue(['a'], '127.0.0.1')])
    expect(new Set([one.certificate, other.certificate]).size).toBe(2)
    expect(new Set(identities.map(({ key }) => key)).size).toBe(2)
    const serials = identities.map(({ cert }) => new X509Certificate(cert).serialNumber)
    expect(new Set(serials).size).toBe(2)
    expect(
      new X509Certificate(identities[0]?.cert ?? '').verify(new X509Certificate(other.certificate).publicKey),
    ).toBe(false)
  })
})
