#include "CPlenarySamples.h"
