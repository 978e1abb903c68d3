'use client'

import { firstClusterValues } from './cluster/values'
import { clusterWizard } from './cluster/wizard'
import { Wizard } from './wizard'
import { WizardPage } from './wizard-page'

export function CreateCluster() {
  return (
    <WizardPage title={clusterWizard.title}>
      {({ topology }) => (
        <Wizard wizard={clusterWizard} first={{ cluster: firstClusterValues() }} topology={topology} />
      )}
    </WizardPage>
  )
}
