"""A synthetic England: invented schools, pupils and marks that land on DfE's published figures."""
