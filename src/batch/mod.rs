//! Batches: what to make, making it, and writing it so that no reader ever sees half a file.
