import { join } from 'node:path';
import { type Finding, findings } from './anatomy/findings.ts';
import { softTissueGrey } from './exposure.ts';
import { writeGenerated } from './files.ts';
import { ctFile, reportFile } from './formats/dicom.ts';
import { niftiFile, niftiHeader } from './formats/nifti.ts';
import { jpegFile, pngFile } from './formats/picture.ts';
import { type Patient, phantomPatient } from './patient.ts';
import { axialPlaces, coronalPlaces, scanSlices } from './scan.ts';
import { axialSlice, coronalSlice, type PhantomSlice } from './slice.ts';

const size = 256;

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

/**
 * A folder as it arrives from a colleague: 20 readable files (DICOM, JPEG, PNG, one volume of 5 slices; subfolders, a
 * name that is not ASCII) of patients that no writePhantom seed makes, and 8 files that must be refused.
 * @returns files in all, and how many of them are broken
 */
export async function writeMixedFolder(folder: string, seed: number): Promise<{ files: number; broken: number }> {
  const good = await goodFiles(seed);
  const broken = await brokenFiles(seed);
  for (const file of [...good, ...broken]) await writeGenerated(join(folder, file.name), file.bytes);
  return { files: good.length + broken.length, broken: broken.length };
}

function newPatient(seed: number, name: string, finding: Finding): Patient {
  return phantomPatient(`mixed ${seed} ${name}`, finding);
}

async function goodFiles(seed: number): Promise<readonly NamedBytes[]> {
  const result: NamedBytes[] = [];
  for (const finding of findings) {
    const patient = newPatient(seed, `pictures ${finding}`, finding);
    const [first = 0, second = 0] = axialPlaces(patient, 2);
    const [y = 0] = coronalPlaces(patient, 1);
    const letter = finding.charAt(0).toLowerCase();
    result.push(
      { name: `pictures/${letter}1.jpg`, bytes: await jpegFile(greyOf(axialSlice(patient, first, size))) },
      { name: `pictures/${letter}2.jpg`, bytes: await jpegFile(greyOf(coronalSlice(patient, y, size))) },
      { name: `pictures/png/${letter}3.png`, bytes: await pngFile(greyOf(axialSlice(patient, second, size))) },
    );
  }
  result.push(...dicomSeries(newPatient(seed, 'series', 'Tumor'), seed));
  const volume = [...scanSlices(newPatient(seed, 'volume', 'Cyst'), 5, 0, 128)].reverse();
  result.push({ name: 'volume.nii.gz', bytes: niftiFile(volume.map((each) => each.slice)) });
  const stone = newPatient(seed, 'named', 'Stone');
  result.push({
    name: 'Übersicht/Nierenstein – Größe 8 mm.png',
    bytes: await pngFile(greyOf(axialSlice(stone, stone.site.center[2], size))),
  });
  return result;
}

function dicomSeries(patient: Patient, seed: number): readonly NamedBytes[] {
  const images = [...scanSlices(patient, 6, 0, size)];
  return images.map(({ slice }, i) => ({
    name: `dicom/series 1/IM${String(i + 1).padStart(4, '0')}`,
    bytes: ctFile(slice, seriesPlace(`mixed ${seed}`, i + 1)),
  }));
}

function seriesPlace(key: string, instanceNumber: number) {
  return {
    seriesKey: key,
    patientId: `PHANTOM ${key}`,
    seriesNumber: 1,
    instanceNumber,
    sliceStepMm: 3,
    signedPixels: true,
  };
}

async function brokenFiles(seed: number): Promise<readonly NamedBytes[]> {
  const patient = newPatient(seed, 'broken', 'Normal');
  const slice = axialSlice(patient, patient.site.center[2], size);
  const jpeg = await jpegFile(greyOf(slice));
  const dicom = ctFile(slice, seriesPlace(`broken ${seed}`, 1));
  return [
    { name: 'pictures/cut short.jpg', bytes: jpeg.subarray(0, Math.floor(jpeg.length * 0.4)) },
    { name: 'dicom/cut short.dcm', bytes: dicom.subarray(0, Math.floor(dicom.length * 0.6)) },
    { name: 'pictures/empty.png', bytes: '' },
    { name: 'pictures/notes.png', bytes: 'Please look at the left kidney again.\n' },
    { name: 'dicom/really a jpeg.dcm', bytes: jpeg },
    { name: 'dicom/report.dcm', bytes: reportFile(`mixed ${seed}`) },
    { name: 'letter.pdf', bytes: '%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n' },
    { name: 'no voxels.nii', bytes: niftiHeader(0, 128, 5) },
  ];
}

function greyOf(slice: PhantomSlice) {
  return { pixels: softTissueGrey(slice.hu), width: slice.width, height: slice.height };
}
