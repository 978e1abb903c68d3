import { provideTypeMetadata } from './type-metadata'

/** A key and its certificate, PEM. */
export type Identity = { readonly key: string; readonly cert: string }

/** Vouches for proxies: its certificate is what other proxies trust, and nobody else. */
export type Authority = {
  /** PEM. */
  readonly certificate: string
  /** For a proxy that serves these names. */
  issue(names: readonly string[], address: string): Promise<Identity>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const hourMs = 3_600_000
const validMs = 30 * 24 * hourMs

/**
 * Makes an authority that lives as long as the data plane's process; its key never leaves memory. On AWS a private CA of the
 * account does this (ECS developer guide, "Encrypt Service Connect traffic").
 */
export async function makeAuthority(nowMs: number): Promise<Authority> {
  // Loaded when somebody wants TLS: it is most of this program.
  provideTypeMetadata()
  const x509 = await import('@peculiar/x509')
  const { subtle } = globalThis.crypto
  x509.cryptoProvider.set(globalThis.crypto)
  const keys = await subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const notBefore = new Date(nowMs - hourMs)
  const notAfter = new Date(nowMs + validMs)
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Service Connect of the local cloud',
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  })
  let serial = 1
  return {
    certificate: root.toString('pem'),
    async issue(names, address) {
      const own = await subtle.generateKey(algorithm, true, ['sign', 'verify'])
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: (++serial).toString(16).padStart(4, '0'),
        subject: `CN=${names[0] ?? address}`,
        issuer: root.subject,
        notBefore,
        notAfter,
        signingAlgorithm: algorithm,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
          new x509.SubjectAlternativeNameExtension([
            ...names.map((value) => ({ type: 'dns' as const, value })),
            { type: 'ip', value: address },
          ]),
        ],
      })
      const der = Buffer.from(await subtle.exportKey('pkcs8', own.privateKey))
      const key = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`
      return { key, cert: certificate.toString('pem') }
    },
  }
}
