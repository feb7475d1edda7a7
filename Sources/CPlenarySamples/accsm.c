// The built-in ACCSM graph: the CSV files of Samples/accsm, compiled into the program so that it needs no file at run
// time. A file added there needs its two entries here; a test compares this table with the folder.

#include "CPlenarySamples.h"

// #embed belongs to C23; clang offers it in every C dialect and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char nodes_body[] = {
#embed "../../Samples/accsm/nodes_body.csv"
};
static const unsigned char nodes_conflict[] = {
#embed "../../Samples/accsm/nodes_conflict.csv"
};
static const unsigned char nodes_document[] = {
#embed "../../Samples/accsm/nodes_document.csv"
};
static const unsigned char nodes_meeting[] = {
#embed "../../Samples/accsm/nodes_meeting.csv"
};
static const unsigned char nodes_person[] = {
#embed "../../Samples/accsm/nodes_person.csv"
};
static const unsigned char nodes_source[] = {
#embed "../../Samples/accsm/nodes_source.csv"
};
static const unsigned char nodes_state[] = {
#embed "../../Samples/accsm/nodes_state.csv"
};
static const unsigned char nodes_topic[] = {
#embed "../../Samples/accsm/nodes_topic.csv"
};
static const unsigned char rels_body[] = {
#embed "../../Samples/accsm/rels_body.csv"
};
static const unsigned char rels_chairing[] = {
#embed "../../Samples/accsm/rels_chairing.csv"
};
static const unsigned char rels_document[] = {
#embed "../../Samples/accsm/rels_document.csv"
};
static const unsigned char rels_meeting[] = {
#embed "../../Samples/accsm/rels_meeting.csv"
};
static const unsigned char rels_membership[] = {
#embed "../../Samples/accsm/rels_membership.csv"
};
static const unsigned char rels_participation[] = {
#embed "../../Samples/accsm/rels_participation.csv"
};
static const unsigned char rels_person[] = {
#embed "../../Samples/accsm/rels_person.csv"
};
static const unsigned char rels_provenance[] = {
#embed "../../Samples/accsm/rels_provenance.csv"
};
static const unsigned char rels_record[] = {
#embed "../../Samples/accsm/rels_record.csv"
};
static const unsigned char rels_topic[] = {
#embed "../../Samples/accsm/rels_topic.csv"
};

#define SAMPLE_FILE(variable) {#variable ".csv", variable, sizeof variable}

static const plenary_sample_file files[] = {
  SAMPLE_FILE(nodes_body),
  SAMPLE_FILE(nodes_conflict),
  SAMPLE_FILE(nodes_document),
  SAMPLE_FILE(nodes_meeting),
  SAMPLE_FILE(nodes_person),
  SAMPLE_FILE(nodes_source),
  SAMPLE_FILE(nodes_state),
  SAMPLE_FILE(nodes_topic),
  SAMPLE_FILE(rels_body),
  SAMPLE_FILE(rels_chairing),
  SAMPLE_FILE(rels_document),
  SAMPLE_FILE(rels_meeting),
  SAMPLE_FILE(rels_membership),
  SAMPLE_FILE(rels_participation),
  SAMPLE_FILE(rels_person),
  SAMPLE_FILE(rels_provenance),
  SAMPLE_FILE(rels_record),
  SAMPLE_FILE(rels_topic),
};

size_t plenary_accsm_file_count(void) { return sizeof files / sizeof files[0]; }

const plenary_sample_file *plenary_accsm_file(size_t index) {
  return index < plenary_accsm_file_count() ? &files[index] : NULL;
}
