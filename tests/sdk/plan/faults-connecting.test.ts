import { describeFaults } from '../../support/fault-matrix'

describeFaults('connecting', { verb: 'Connecting', atLeast: 100 })
