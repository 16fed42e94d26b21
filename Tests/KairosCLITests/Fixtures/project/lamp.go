// Package lamp controls the lights of one room.
package lamp

import "errors"

// ErrNegative says that a level below zero was asked for.
var ErrNegative = errors.New("negative level")

// Dim clamps a level to 0 through 100.
func Dim(level int) (int, error) {
	if level < 0 {
		return 0, ErrNegative
	}
	return min(level, 100), nil
}
