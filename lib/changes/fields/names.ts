import { z } from 'zod'

const printable = (most: number) =>
  z
    .string()
    .min(1, 'Give the namespace a name.')
    .max(most, `The name has at most ${most.toLocaleString('en-US')} characters.`)
    .regex(/^[!-~]*$/, 'Only letters, digits and signs of ASCII; no spaces.')
    .regex(/^(?!arn:)/, 'A name cannot start with arn:.')

const labels = (name: string) => name.split('.')

const noEmptyLabel = (name: string) => labels(name).every((label) => label.length > 0)
const shortLabels = (name: string) => labels(name).every((label) => label.length <= 63)
const EMPTY_LABEL = 'A dot stands between two parts: none at the start or end, and no two in a row.'
const LONG_LABEL = 'Each part between dots has at most 63 characters.'

/** Cloud Map API reference, CreateHttpNamespace. */
export const httpNamespaceName = printable(1_024)

/** Cloud Map API reference, CreatePrivateDnsNamespace; what Route 53 takes as a zone's name. */
export const privateNamespaceName = printable(253)
  .refine(noEmptyLabel, EMPTY_LABEL)
  .refine(shortLabels, LONG_LABEL)
  .regex(/^[A-Za-z0-9_.-]*$/, 'A DNS name holds letters, digits, hyphens and underscores, parted by dots.')

/** Cloud Map API reference, CreatePublicDnsNamespace. */
export const publicNamespaceName = printable(253)
  .refine(noEmptyLabel, EMPTY_LABEL)
  .refine(shortLabels, LONG_LABEL)
  .regex(/^[A-Za-z0-9.-]*$/, 'A public DNS name holds letters, digits and hyphens, parted by dots.')
  .refine((name) => name.includes('.'), 'A public name has at least one dot, as in example.com.')
  .refine(
    (name) => labels(name).every((label) => !label.startsWith('-') && !label.endsWith('-')),
    'No part may start or end with a hyphen.',
  )

/** Cloud Map API reference, CreateService: labels of letters, digits, `_` and `-`, parted by dots, or the single name `.`. */
export const discoveryServiceName = z
  .string()
  .min(1, 'Give the discovery service a name.')
  .max(127, 'The name has at most 127 characters.')
  .regex(/^[A-Za-z0-9_.-]*$/, 'Only letters, digits, hyphens and underscores, parted by dots; no spaces.')
  .refine((name) => name === '.' || noEmptyLabel(name), EMPTY_LABEL)
  .refine(shortLabels, LONG_LABEL)
  .refine(
    (name) => labels(name).every((label) => !label.startsWith('-') && !label.endsWith('-')),
    'No part may start or end with a hyphen.',
  )

/** Names of Service Connect endpoints and of ports (ECS API reference, ServiceConnectService and PortMapping). */
export const endpointName = (thing: string) =>
  z
    .string()
    .max(64, `The ${thing} has at most 64 characters.`)
    .regex(/^[a-z0-9_-]*$/, `The ${thing} holds lowercase letters, digits, hyphens and underscores.`)
    .regex(/^(?!-)/, `The ${thing} cannot start with a hyphen.`)

/** ECS API reference, ServiceConnectClientAlias. */
export const aliasDnsName = z
  .string()
  .max(127, 'The name has at most 127 characters.')
  .regex(/^[a-z0-9_.-]*$/, 'Lowercase letters, digits, hyphens and underscores, parted by dots.')
  .refine((name) => name === '' || noEmptyLabel(name), EMPTY_LABEL)
