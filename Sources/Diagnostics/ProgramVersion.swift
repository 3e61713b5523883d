/// The version of the program.
package let outriggerVersion = "0.1.0"
