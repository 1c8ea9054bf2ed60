/** This program's version, as it names itself to servers and in reports. A test holds it equal to package.json's. */
export const version = '0.1.0';
