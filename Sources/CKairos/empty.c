#include "CKairos.h"
// The scanners are inline functions in the header; SwiftPM needs one source file per C target.
