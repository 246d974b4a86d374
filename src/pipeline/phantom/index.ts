export { type Finding, findings } from './anatomy/findings.ts';
export { type Label, labels } from './canvas.ts';
export { softTissueGrey } from './exposure.ts';
export { goldenImage } from './golden.ts';
export { writeMixedFolder } from './mixed.ts';
export { type Patient, phantomPatient } from './patient.ts';
export { axialPlaces, coronalPlaces } from './scan.ts';
export { axialSlice, coronalSlice, type PhantomSlice } from './slice.ts';
export { type PhantomOptions, type PhantomSummary, writePhantom } from './write.ts';
